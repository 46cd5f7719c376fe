//! Roles that come by a key or by a team.

use super::askers::{Asker, email, house, takes_in, team};
use super::{PRIVATE, UNKNOWN};
use crate::common::{Answer, Client};
use crate::named::signed_in;

/// A key of somebody opens what they may see at that moment, and is told from one for no site by nothing.
#[test]
fn a_persons_key_may_what_the_person_may() {
    let house = house();
    let server = house.serve();
    let key = |name: &'static str, scope: &str| {
        let browser = signed_in(&server, &email(name));
        let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
        let fields = [("csrf", csrf.as_str()), ("name", "mine"), ("scope", scope)];
        let made = browser.form(&format!("{}/account/keys", server.url), &fields).text();
        let at = made.find("ff_").unwrap_or_else(|| panic!("a key: {made}"));
        format!("Bearer {}", &made[at..at + 46])
    };
    let report = |key: &str, domain: &str| {
        let query = serde_json::json!({"site_id": domain, "metrics": ["visitors"], "date_range": "day"});
        Client::new().post(&format!("{}/api/v2/query", server.url), &[("Authorization", key)], query.to_string().as_bytes())
    };
    let change = |key: &str, domain: &str| {
        let headers = [("Authorization", key), ("Content-Type", "application/json")];
        Client::new().send("PUT", &format!("{}/api/v1/sites/{domain}", server.url), &headers, Some(b"{\"timezone\": \"Europe/Berlin\"}"))
    };
    let told = |answer: &Answer, domain: &str| format!("{} {}", answer.status, answer.text()).replace(domain, "SITE");
    for (name, reads, manages) in [("stranger", false, false), ("viewer", true, false), ("editor", true, false), ("owner", true, true)] {
        let (stats, sites) = (key(name, "stats"), key(name, "sites"));
        let (answer, unknown) = (report(&stats, PRIVATE), report(&stats, UNKNOWN));
        assert_eq!(answer.status == 200, reads, "{name}: {}", answer.text());
        assert!(reads || told(&answer, PRIVATE) == told(&unknown, UNKNOWN), "{name}: {} {}", answer.text(), unknown.text());
        let (answer, unknown) = (change(&sites, PRIVATE), change(&sites, UNKNOWN));
        assert_eq!(answer.status == 200, manages, "{name}: {}", answer.text());
        assert!(manages || told(&answer, PRIVATE) == told(&unknown, UNKNOWN), "{name}: {} {}", answer.text(), unknown.text());
        assert_eq!(report(&sites, PRIVATE).status, 401, "{name}: a key for sites reads no numbers");
    }
    let stats = key("viewer", "stats");
    house.ok(&["site", "role", PRIVATE, &email("viewer"), "none"]);
    assert_eq!(report(&stats, PRIVATE).status, 401, "the role is gone, and what the key opened with it");
}

/// A role by a team is a role.
#[test]
fn a_team_gives_its_roles_and_takes_them() {
    let house = house();
    let server = house.serve();
    let owner = Asker::person(&server, "owner");
    let post = |path: &str, fields: &[(&str, &str)]| owner.send(&server, path, fields);
    let team = team(&server, &owner);
    let number = team.rsplit('/').next().expect("a number").to_owned();
    takes_in(&server, &owner, &team, "stranger", "editor");
    let stranger = Asker::person(&server, "stranger");
    let status = |path: &str| stranger.ask(&server, "GET", &format!("/{PRIVATE}{path}"), PRIVATE).status;
    assert_eq!([status(""), status("/settings/goals"), status("/settings")], [404, 404, 404], "the team has no site yet");
    post(&format!("/{PRIVATE}/settings/people/team"), &[("team", &number)]);
    assert_eq!([status("?period=28d"), status("/settings/goals"), status("/settings")], [200, 200, 404], "an editor by the team");
    post(&format!("/{PRIVATE}/settings/people/team"), &[("team", "")]);
    assert_eq!([status(""), status("/settings/goals")], [404, 404]);
}
