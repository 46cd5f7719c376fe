//! People at a site: invitations, roles, teams, sharing, and the log of who changed what.

use super::named::{house, send, signed_in};
use crate::common::{Answer, Client, House, Server};

const PASSWORD: &str = "correct horse";
const PEOPLE: &str = "/example.com/settings/people";
const SHARING: &str = "/example.com/settings/sharing";
const DANGER: &str = "/example.com/settings/danger";

/// A house with a site, an administrator (ada) and an account that may nothing yet (mia).
fn house_of_two() -> House {
    let house = House::with_sites(&["example.com", "other.example"]);
    assert!(house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], PASSWORD.as_bytes()).status.success());
    member(&house, "mia@example.com");
    house
}

fn member(house: &House, email: &str) {
    assert!(house.run_with_input(&["user", "add", email, "--member", "--password-stdin"], PASSWORD.as_bytes()).status.success());
}

/// The link of an invitation, as the page shows it once.
fn link(answer: &Answer) -> String {
    let text = answer.text();
    let at = text.find("/join?token=").unwrap_or_else(|| panic!("a link: {text}"));
    text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/?=-_".contains(*c)).collect()
}

fn invite(server: &Server, owner: &Client, role: &str, email: &str) -> String {
    let made = send(server, owner, PEOPLE, &format!("{PEOPLE}/invite"), &[("role", role), ("email", email)]);
    assert_eq!(made.status, 200, "{}", made.text());
    link(&made)
}

fn accept(server: &Server, browser: &Client, link: &str, fields: &[(&str, &str)]) -> Answer {
    let token = link.split_once("token=").expect("a token").1;
    send(server, browser, link, "/join", &[fields, &[("token", token)]].concat())
}

/// Hands the site over with the form of its page.
fn hand_over(server: &Server, by: &Client, to: &str, stay: &str) -> Answer {
    let site = by.get(&format!("{}{DANGER}", server.url)).field("site");
    send(server, by, DANGER, "/example.com/settings/transfer", &[("site", &site), ("email", to), ("stay", stay)])
}

fn status(server: &Server, browser: &Client, path: &str) -> u16 {
    browser.get(&format!("{}{path}", server.url)).status
}

#[test]
fn who_is_invited_makes_an_account_and_sees_the_numbers_and_no_settings() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let link = invite(&server, &owner, "viewer", "");
    assert!(!owner.get(&format!("{}{PEOPLE}", server.url)).text().contains(&link), "shown once");
    let guest = Client::browser();
    let short = accept(&server, &guest, &link, &[("email", "vera@example.com"), ("password", "short")]);
    assert_eq!(short.status, 422, "{}", short.text());
    let joined = accept(&server, &guest, &link, &[("email", "Vera@example.com"), ("password", PASSWORD)]);
    assert_eq!((joined.status, joined.header("location")), (303, Some("/example.com")), "{}", joined.text());
    for (path, expected) in [
        ("/example.com", 200),
        ("/example.com/settings/segments", 200),
        ("/example.com/settings", 404),
        ("/example.com/settings/goals", 404),
        (PEOPLE, 404),
        (SHARING, 404),
        ("/example.com/settings/log", 404),
        ("/example.com/settings/danger", 404),
        ("/other.example", 404),
        ("/nothing.example", 404),
    ] {
        assert_eq!(status(&server, &guest, path), expected, "{path}");
    }
    assert!(!guest.get(&format!("{}/sites", server.url)).text().contains("other.example"));
    assert!(house.ok(&["user", "list"]).contains("vera@example.com"));
    // Used up; and what is used, ended and unknown looks the same.
    let used = Client::browser().get(&format!("{}{link}", server.url));
    let unknown = Client::browser().get(&format!("{}/join?token=nothing", server.url));
    assert_eq!((used.status, unknown.status), (400, 400));
    assert!(used.text().contains("This link is not valid") && unknown.text().contains("This link is not valid"));
    assert!(owner.get(&format!("{}{PEOPLE}", server.url)).text().contains("vera@example.com"));
}

#[test]
fn who_is_signed_in_accepts_with_a_new_sign_in() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let mia = signed_in(&server, "mia@example.com");
    assert_eq!(status(&server, &mia, "/example.com"), 404);
    let link = invite(&server, &owner, "admin", "MIA@example.com");
    let before = mia.cookie("footfall").expect("signed in");
    let accepted = accept(&server, &mia, &link, &[]);
    assert_eq!(accepted.status, 303, "{}", accepted.text());
    assert_ne!(mia.cookie("footfall"), Some(before.clone()), "another sign-in");
    let stale = Client::new().get_with(&format!("{}/sites", server.url), &[("Cookie", &format!("footfall={before}"))]);
    assert_eq!(stale.status, 303, "the one before is dead");
    assert_eq!((status(&server, &mia, "/example.com/settings"), status(&server, &mia, "/example.com/settings/danger")), (200, 404));
}

#[test]
fn an_invitation_for_one_is_for_nobody_else() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let link = invite(&server, &owner, "viewer", "vera@example.com");
    let mia = signed_in(&server, "mia@example.com");
    let shown = mia.get(&format!("{}{link}", server.url));
    assert!(shown.text().contains("This invitation is for vera@example.com"), "{}", shown.text());
    assert_eq!(accept(&server, &mia, &link, &[]).status, 400);
    assert_eq!(status(&server, &mia, "/example.com"), 404);
    // A new account gets the address of the invitation, whatever the form says.
    let guest = Client::browser();
    assert_eq!(accept(&server, &guest, &link, &[("email", "mallory@example.com"), ("password", PASSWORD)]).status, 303);
    let users = house.ok(&["user", "list"]);
    assert!(users.contains("vera@example.com") && !users.contains("mallory"), "{users}");
}

#[test]
fn of_many_who_accept_at_once_one_gets_an_account_and_the_log_says_so() {
    let house = house_of_two();
    let server = house.serve();
    let link = invite(&server, &signed_in(&server, "ada@example.com"), "viewer", "");
    let (token, join) = (link.split_once("token=").expect("a token").1, format!("{}/join", server.url));
    std::thread::scope(|all| {
        for n in 0..4 {
            let browser = Client::browser();
            let csrf = browser.get(&format!("{}{link}", server.url)).field("csrf");
            let (email, join) = (format!("guest-{n}@example.com"), &join);
            all.spawn(move || browser.form(join, &[("csrf", &csrf), ("token", token), ("email", &email), ("password", PASSWORD)]));
        }
    });
    let log = house.ok(&["log"]);
    let noted = |deed: &str| log.lines().filter(|line| line.contains(deed) && line.contains("guest-")).count();
    assert_eq!(house.ok(&["user", "list"]).matches("guest-").count(), 1);
    assert_eq!(noted("user-added") - noted("user-removed"), 1, "{log}");
}

#[test]
fn a_known_address_signs_in_before_it_accepts() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let link = invite(&server, &owner, "viewer", "");
    let guest = Client::browser();
    let refused = accept(&server, &guest, &link, &[("email", "mia@example.com"), ("password", "another password")]);
    assert_eq!((refused.status, refused.text().contains("There is an account of this address already")), (422, true));
    assert_eq!(status(&server, &signed_in(&server, "mia@example.com"), "/example.com"), 404);
    assert_eq!(status(&server, &guest, &link), 200, "the link is not used up");
}

#[test]
fn nobody_gives_or_takes_more_than_they_have() {
    let house = house_of_two();
    member(&house, "owner@example.com");
    house.ok(&["site", "role", "example.com", "mia@example.com", "admin"]);
    house.ok(&["site", "role", "example.com", "owner@example.com", "owner"]);
    let server = house.serve();
    let mia = signed_in(&server, "mia@example.com");
    for (form, fields) in [
        ("role", vec![("email", "owner@example.com"), ("role", "viewer")]),
        ("role", vec![("email", "mia@example.com"), ("role", "owner")]),
        ("remove", vec![("email", "owner@example.com")]),
        ("invite", vec![("role", "owner")]),
        ("team", vec![("team", "")]),
    ] {
        let answer = send(&server, &mia, PEOPLE, &format!("{PEOPLE}/{form}"), &fields);
        assert_eq!((answer.status, answer.text().contains("Your role does not allow that")), (422, true), "{form} {fields:?}");
    }
    for form in ["rename", "transfer", "reset", "remove"] {
        assert_eq!(
            send(&server, &mia, PEOPLE, &format!("/example.com/settings/{form}"), &[("confirm", "example.com")]).status,
            404,
            "{form}"
        );
    }
    // Who would lose what they may is asked first.
    let leave = |sure: &str| send(&server, &mia, PEOPLE, &format!("{PEOPLE}/remove"), &[("email", "mia@example.com"), ("sure", sure)]);
    assert_eq!(leave("").status, 422);
    assert_eq!((leave("yes").header("location"), status(&server, &mia, "/example.com")), (Some("/sites?done=left"), 404));
}

#[test]
fn who_loses_the_right_to_invite_loses_open_invitations() {
    let house = house_of_two();
    house.ok(&["site", "role", "example.com", "mia@example.com", "admin"]);
    let server = house.serve();
    let link = invite(&server, &signed_in(&server, "mia@example.com"), "admin", "");
    assert_eq!(status(&server, &Client::browser(), &link), 200);
    house.ok(&["site", "role", "example.com", "mia@example.com", "editor"]);
    assert_eq!(status(&server, &Client::browser(), &link), 400);
}

#[test]
fn a_command_that_leaves_no_administrator_says_so() {
    let house = house_of_two();
    for words in [&["user", "administrator", "mia@example.com", "on"][..], &["user", "administrator", "mia@example.com", "off"]] {
        assert_eq!(house.ok(words).lines().count(), 1, "ada is there");
    }
    for words in [&["user", "administrator", "ada@example.com", "off"][..], &["user", "remove", "ada@example.com"]] {
        assert!(house.ok(words).contains("Nobody administers this installation any more"), "{words:?}");
    }
}

#[test]
fn who_invited_as_an_administrator_and_is_none_any_more_invites_nobody() {
    let house = house_of_two();
    let server = house.serve();
    house.ok(&["user", "administrator", "mia@example.com", "on"]);
    let link = invite(&server, &signed_in(&server, "mia@example.com"), "viewer", "");
    assert_eq!(status(&server, &Client::browser(), &link), 200);
    house.ok(&["user", "administrator", "mia@example.com", "off"]);
    assert_eq!(status(&server, &Client::browser(), &link), 400);
}

#[test]
fn the_way_to_sign_in_leads_back_to_the_invitation() {
    let house = house_of_two();
    let server = house.serve();
    let link = invite(&server, &signed_in(&server, "ada@example.com"), "viewer", "");
    let browser = Client::browser();
    let shown = browser.get(&format!("{}{link}", server.url)).text();
    let way = shown.split("href=\"/login?").nth(1).and_then(|rest| rest.split('"').next()).expect("a way");
    let form = browser.get(&format!("{}/login?{way}", server.url));
    let fields =
        [("csrf", form.field("csrf")), ("next", form.field("next")), ("email", "mia@example.com".into()), ("password", PASSWORD.into())];
    let answer = browser.form(&format!("{}/login", server.url), &fields.each_ref().map(|(name, value)| (*name, value.as_str())));
    assert_eq!(answer.header("location"), Some(link.as_str()));
    assert_eq!(accept(&server, &browser, &link, &[]).header("location"), Some("/example.com"));
}

#[test]
fn a_viewer_leaves_a_site_and_an_editor_a_team() {
    let house = house_of_two();
    member(&house, "vera@example.com");
    house.ok(&["site", "role", "example.com", "vera@example.com", "viewer"]);
    house.ok(&["site", "role", "other.example", "mia@example.com", "owner"]);
    let server = house.serve();
    let (vera, mia) = (signed_in(&server, "vera@example.com"), signed_in(&server, "mia@example.com"));
    assert!(vera.get(&format!("{}/account", server.url)).text().contains("Leave example.com"));
    assert_eq!(send(&server, &vera, "/account", "/account/leave", &[("site", "other.example")]).status, 404);
    let left = send(&server, &vera, "/account", "/account/leave", &[("site", "example.com")]);
    assert_eq!((left.header("location"), status(&server, &vera, "/example.com")), (Some("/account?done=left"), 404));
    let made = send(&server, &mia, "/teams", "/teams/new", &[("name", "Shop")]);
    let team = made.header("location").expect("the team's page").to_owned();
    let invited = send(&server, &mia, &team, &format!("{team}/invite"), &[("role", "editor"), ("email", "")]);
    assert_eq!(accept(&server, &vera, &link(&invited), &[]).status, 303);
    assert_eq!(status(&server, &vera, &team), 200);
    let number = team.rsplit('/').next().expect("a number");
    assert_eq!(send(&server, &vera, "/account", "/account/leave", &[("team", number)]).status, 303);
    assert_eq!(status(&server, &vera, &team), 404);
    // What is no site's is in the log of the installation, which administrators see.
    let account = |browser: &Client| browser.get(&format!("{}/account", server.url)).text().replace("<wbr>", "");
    let seen = account(&signed_in(&server, "ada@example.com"));
    assert!(seen.contains("Left the team “Shop”") && seen.contains("Added the account vera@example.com"), "{seen}");
    assert!(!account(&mia).contains("Log of the installation"));
    let log = house.ok(&["log"]);
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("team-")).collect();
    let deeds = ["team-left", "team-joined", "team-invited", "team-added"];
    assert!(lines.len() == 4 && lines.iter().zip(deeds).all(|(line, deed)| line.contains(deed)), "{log}");
    assert!(house.ok(&["log", "--site", "example.com", "--limit", "1"]).contains("member-left"));
}

#[test]
fn a_withdrawn_invitation_does_nothing() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let link = invite(&server, &owner, "viewer", "vera@example.com");
    let gone = send(&server, &owner, PEOPLE, &format!("{PEOPLE}/withdraw"), &[("id", "1")]);
    assert_eq!(gone.status, 303);
    assert_eq!(status(&server, &Client::browser(), &link), 400);
}

#[test]
fn wrong_links_are_slowed_down() {
    let house = house_of_two();
    let server = house.serve();
    let browser = Client::browser();
    let tried: Vec<u16> = (0..7).map(|n| status(&server, &browser, &format!("/join?token=guess-{n}"))).collect();
    assert_eq!(tried, [400, 400, 400, 400, 400, 429, 429]);
    assert_eq!(status(&server, &signed_in(&server, "ada@example.com"), "/sites"), 200, "and nobody's sign-in is");
}

#[test]
fn a_removed_user_leaves_nothing_to_who_gets_the_address_next() {
    let house = house_of_two();
    house.ok(&["site", "role", "example.com", "mia@example.com", "admin"]);
    let server = house.serve();
    let link = invite(&server, &signed_in(&server, "mia@example.com"), "viewer", "");
    house.ok(&["user", "remove", "mia@example.com"]);
    member(&house, "mia@example.com");
    assert_eq!(status(&server, &signed_in(&server, "mia@example.com"), "/example.com"), 404);
    assert_eq!(status(&server, &Client::browser(), &link), 400);
}

/// Somebody accepts an invitation between the two moments in which a removal looks for roles.
#[test]
fn a_role_that_came_while_its_user_was_removed_goes_too() {
    let house = house_of_two();
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let joins = "CREATE TRIGGER joins AFTER DELETE ON users BEGIN
                 UPDATE sites SET sharing = json_set(sharing, '$.members', json('[{\"email\":\"mia@example.com\",\"role\":\"admin\"}]')),
                 version = version + 1 WHERE domain = 'example.com'; END";
    store.execute_batch(joins).expect("a trigger");
    house.ok(&["user", "remove", "mia@example.com"]);
    store.execute_batch("DROP TRIGGER joins").expect("dropped");
    member(&house, "mia@example.com");
    let server = house.serve();
    assert_eq!(status(&server, &signed_in(&server, "mia@example.com"), "/example.com"), 404);
    let log = house.ok(&["log", "--site", "example.com", "--limit", "1"]);
    assert!(log.contains("member-removed"), "it was there: {log}");
}

#[test]
fn the_last_owner_hands_over_before_leaving() {
    let house = house_of_two();
    member(&house, "olga@example.com");
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    let server = house.serve();
    let mia = signed_in(&server, "mia@example.com");
    let leave = |field: &str, id: &str| send(&server, &mia, "/account", "/account/leave", &[(field, id)]);
    let of_people = |form: &str, more: &[(&str, &str)]| {
        let fields = [&[("email", "mia@example.com"), ("sure", "yes")], more].concat();
        send(&server, &mia, PEOPLE, &format!("{PEOPLE}/{form}"), &fields)
    };
    for refused in [leave("site", "example.com"), of_people("remove", &[]), of_people("role", &[("role", "viewer")])] {
        assert_eq!((refused.status, refused.text().contains("Nobody would own it any more")), (422, true), "{}", refused.text());
    }
    let team = send(&server, &mia, "/teams", "/teams/new", &[("name", "Shop")]).header("location").expect("a team").to_owned();
    let number = team.rsplit('/').next().expect("a number");
    assert_eq!(leave("team", number).status, 422);
    assert_eq!((status(&server, &mia, PEOPLE), status(&server, &mia, &team)), (200, 200));
    house.ok(&["site", "role", "example.com", "olga@example.com", "owner"]);
    assert_eq!(leave("site", "example.com").header("location"), Some("/account?done=left"));
}

#[test]
fn a_site_that_is_handed_over_leaves_its_team() {
    let house = house_of_two();
    member(&house, "olga@example.com");
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    let server = house.serve();
    let (mia, olga) = (signed_in(&server, "mia@example.com"), signed_in(&server, "olga@example.com"));
    let team = send(&server, &mia, "/teams", "/teams/new", &[("name", "Shop")]).header("location").expect("a team").to_owned();
    let number = team.rsplit('/').next().expect("a number");
    assert_eq!(send(&server, &mia, PEOPLE, &format!("{PEOPLE}/team"), &[("team", number)]).status, 303);
    let given = hand_over(&server, &mia, "olga@example.com", "");
    assert_eq!(given.status, 303, "{}", given.text());
    assert_eq!((status(&server, &mia, "/example.com"), status(&server, &olga, DANGER)), (404, 200));
    let log = olga.get(&format!("{}/example.com/settings/log", server.url)).text();
    assert!(log.contains("Took the site from the team “Shop”"), "{log}");
}

/// A house whose site belongs to nobody but the team of this address, which is mia's.
fn owned_by_a_team(server: &Server, house: &House, mia: &Client) -> String {
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    let team = send(server, mia, "/teams", "/teams/new", &[("name", "Shop")]).header("location").expect("a team").to_owned();
    let number = team.rsplit('/').next().expect("a number");
    assert_eq!(send(server, mia, PEOPLE, &format!("{PEOPLE}/team"), &[("team", number)]).status, 303);
    assert_eq!(send(server, mia, "/account", "/account/leave", &[("site", "example.com")]).status, 303);
    assert_eq!(status(server, mia, DANGER), 200);
    team
}

#[test]
fn who_owned_through_the_team_stays_as_admin_after_handing_over() {
    let house = house_of_two();
    member(&house, "olga@example.com");
    let server = house.serve();
    let (mia, olga) = (signed_in(&server, "mia@example.com"), signed_in(&server, "olga@example.com"));
    owned_by_a_team(&server, &house, &mia);
    let given = hand_over(&server, &mia, "olga@example.com", "yes");
    assert_eq!((given.status, given.header("location")), (303, Some("/example.com/settings/people?done=transferred")), "{}", given.text());
    assert_eq!((status(&server, &mia, PEOPLE), status(&server, &mia, DANGER), status(&server, &olga, DANGER)), (200, 404, 200));
    // Who owns it through the installation alone gets no role by handing over.
    let owner = signed_in(&server, "ada@example.com");
    assert_eq!(hand_over(&server, &owner, "olga@example.com", "yes").status, 303);
    assert!(!olga.get(&format!("{}{PEOPLE}", server.url)).text().contains("ada@example.com"));
}

#[test]
fn a_site_that_only_its_team_owns_does_not_lose_it() {
    let house = house_of_two();
    member(&house, "olga@example.com");
    let server = house.serve();
    let (mia, olga) = (signed_in(&server, "mia@example.com"), signed_in(&server, "olga@example.com"));
    let team = owned_by_a_team(&server, &house, &mia);
    // A team whose only owner has no account any more.
    let other = send(&server, &olga, "/teams", "/teams/new", &[("name", "Other")]).header("location").expect("a team").to_owned();
    let invited = send(&server, &olga, &other, &format!("{other}/invite"), &[("role", "admin"), ("email", "")]);
    assert_eq!(accept(&server, &mia, &link(&invited), &[]).status, 303);
    house.ok(&["user", "remove", "olga@example.com"]);
    let number = |team: &str| team.rsplit('/').next().expect("a number").to_owned();
    let to_team = |by: &Client, team: &str| send(&server, by, PEOPLE, &format!("{PEOPLE}/team"), &[("team", team)]);
    let dissolve = |by: &Client| send(&server, by, &team, &format!("{team}/dissolve"), &[]);
    for refused in [to_team(&mia, ""), to_team(&mia, &number(&other)), dissolve(&mia)] {
        assert_eq!((refused.status, refused.text().contains("Nobody would own example.com any more")), (422, true), "{}", refused.text());
    }
    assert_eq!((status(&server, &mia, DANGER), status(&server, &mia, &team)), (200, 200));
    let owner = signed_in(&server, "ada@example.com");
    assert_eq!((to_team(&owner, "").status, to_team(&owner, &number(&team)).status), (303, 303), "administrators own every site");
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    assert_eq!(dissolve(&mia).status, 303);
    assert_eq!((status(&server, &mia, DANGER), status(&server, &mia, &team)), (200, 404));
}

#[test]
fn the_log_says_what_of_a_link_was_changed_what_was_imported_and_what_has_no_name() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let change = |fields: &[(&str, &str)]| assert_eq!(send(&server, &owner, SHARING, &format!("{SHARING}/link"), fields).status, 303);
    change(&[("name", "Board"), ("password", "a good secret")]);
    change(&[("id", "1"), ("name", "Friends"), ("last_day", "2031-12-31")]);
    change(&[("id", "1"), ("name", "Friends"), ("no_password", "yes")]);
    house.ok(&["key", "add", "--site", "example.com", "--scope", "stats"]);
    let exclusions = "/example.com/settings/exclusions";
    for (kind, text) in [("country", "DE"), ("address", "192.0.2.7")] {
        let fields = [("kind", kind), ("text", text), ("step", "exclude")];
        assert_eq!(send(&server, &owner, exclusions, exclusions, &fields).status, 303);
    }
    let line = "198.51.100.1 - - [02/May/2015:10:00:00 +0000] \"GET /page HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0\"\n";
    house.ok(&["import", "--site", "example.com", house.file("access.log", line).to_str().expect("UTF-8")]);
    let log = owner.get(&format!("{}/example.com/settings/log", server.url)).text().replace("<wbr>", "");
    for said in [
        "Changed the shared link “Friends”: it was called “Board”, another last day",
        "Changed the shared link “Friends”: no password any more",
        "Made a key without a name",
        "Visits from Germany",
        "Visits from an address",
        "Imported a file; hits in it: 1",
    ] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert!(!log.contains("192.0.2.7") && !log.contains("a good secret"));
    let team = send(&server, &owner, "/teams", "/teams/new", &[("name", "Shop")]).header("location").expect("a team").to_owned();
    send(&server, &owner, &team, &format!("{team}/invite"), &[("role", "editor"), ("email", "vera@example.com")]);
    assert_eq!(send(&server, &owner, &team, &format!("{team}/withdraw"), &[("id", "1")]).status, 303);
    let account = owner.get(&format!("{}/account", server.url)).text().replace("<wbr>", "");
    assert!(account.contains("Team “Shop”: withdrew the invitation of vera@example.com"), "{account}");
}

/// Other filters in it would show more to all who have the link.
#[test]
fn a_segment_that_a_link_shows_is_changed_by_who_may_share() {
    let house = house_of_two();
    house.ok(&["site", "role", "example.com", "mia@example.com", "editor"]);
    let server = house.serve();
    let (owner, mia) = (signed_in(&server, "ada@example.com"), signed_in(&server, "mia@example.com"));
    let segments = "/example.com/settings/segments";
    for name in ["Blog", "Docs"] {
        let fields = [("name", name), ("for", "site"), ("f", "is,page,/blog")];
        assert_eq!(send(&server, &mia, segments, segments, &fields).status, 303);
    }
    let shared = send(&server, &owner, SHARING, &format!("{SHARING}/link"), &[("name", "Board"), ("segment", "1")]);
    assert_eq!(shared.status, 303, "{}", shared.text());
    let replace =
        |by: &Client, id: &str| send(&server, by, segments, &format!("{segments}/replace"), &[("id", id), ("f", "contains,page,/")]);
    let remove = |by: &Client, id: &str| send(&server, by, segments, &format!("{segments}/remove"), &[("id", id)]);
    let rename = |by: &Client, id: &str| {
        send(&server, by, segments, &format!("{segments}/rename"), &[("id", id), ("name", "Mine"), ("for", "site")])
    };
    for refused in [replace(&mia, "1"), remove(&mia, "1"), rename(&mia, "1")] {
        assert_eq!((refused.status, refused.text().contains("The shared link “Board” shows")), (422, true), "{}", refused.text());
    }
    assert_eq!((replace(&mia, "2").status, rename(&mia, "2").status, remove(&mia, "2").status), (303, 303, 303), "no link stands on it");
    assert_eq!(replace(&owner, "1").status, 303);
    assert_eq!(remove(&owner, "1").status, 422, "the link would show nothing");
}

/// Another goal of a name its segment asks for would show more to all who have the link.
#[test]
fn a_goal_that_a_link_stands_on_is_changed_by_who_may_share() {
    let house = house_of_two();
    house.ok(&["site", "role", "example.com", "mia@example.com", "editor"]);
    for event in ["Buy", "Read"] {
        house.ok(&["goal", "add", "--site", "example.com", "--event", event]);
    }
    house.ok(&["segment", "add", "--site", "example.com", "Buyers", r#"[["has_not_done", ["is", "event:goal", ["Buy"]]]]"#]);
    let server = house.serve();
    let (owner, mia) = (signed_in(&server, "ada@example.com"), signed_in(&server, "mia@example.com"));
    let goals = "/example.com/settings/goals";
    let put = |by: &Client, id: &str, page: &str, name: &str| {
        send(&server, by, goals, goals, &[("id", id), ("kind", "page"), ("page", page), ("name", name)])
    };
    let remove = |by: &Client, id: &str| send(&server, by, goals, &format!("{goals}/remove"), &[("id", id)]);
    assert_eq!(put(&mia, "1", "/thanks", "Buy").status, 303, "no link stands on it yet");
    assert_eq!(send(&server, &owner, SHARING, &format!("{SHARING}/link"), &[("name", "Board"), ("segment", "3")]).status, 303);
    let changes = [put(&mia, "1", "/*", "Buy"), put(&mia, "1", "/thanks", "Sold"), put(&mia, "2", "/*", "Buy"), put(&mia, "", "/*", "Buy")];
    for refused in changes.into_iter().chain([remove(&mia, "1")]) {
        assert_eq!((refused.status, refused.text().contains("The shared link “Board” shows")), (422, true), "{}", refused.text());
    }
    assert_eq!((put(&mia, "2", "/*", "All").status, remove(&mia, "2").status), (303, 303), "no segment asks for it");
    assert_eq!((put(&owner, "1", "/*", "Buy").status, put(&owner, "", "/", "Buy").status, remove(&owner, "1").status), (303, 303, 303));
}

/// Another instance gives names away, and this one has not heard of it yet.
#[test]
fn a_site_whose_name_another_has_got_is_not_said_to_be_removed() {
    let house = house_of_two();
    let server = house.serve();
    assert_eq!(server.event(serde_json::json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"})).status, 202);
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    for (before, after) in [("example.com", "old.example"), ("other.example", "example.com")] {
        store.execute("UPDATE sites SET domain = ?2, version = version + 1 WHERE domain = ?1", (before, after)).expect("renamed");
    }
    house.ok(&["site", "remove", "example.com", "--yes"]);
    let log = house.ok(&["log", "--site", "old.example"]);
    assert!(!log.contains("site-removed"), "{log}");
}

#[test]
fn a_form_that_was_about_another_site_ends_none() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let danger = "/example.com/settings/danger";
    let shown = owner.get(&format!("{}{danger}", server.url)).field("site");
    // The name goes to another site before the form is sent.
    let settings = "/example.com/settings";
    assert_eq!(send(&server, &owner, settings, &format!("{settings}/rename"), &[("domain", "old.example")]).status, 303);
    house.ok(&["site", "add", "example.com"]);
    for form in ["transfer", "reset", "remove"] {
        let sent = |site: &str| {
            let fields = [("site", site), ("email", "mia@example.com"), ("confirm", "example.com")];
            send(&server, &owner, danger, &format!("{settings}/{form}"), &fields)
        };
        for site in [shown.as_str(), ""] {
            let refused = sent(site);
            assert_eq!((refused.status, refused.text().contains("Another site has got the name example.com")), (422, true), "{form}");
        }
        let now = owner.get(&format!("{}{danger}", server.url)).field("site");
        assert_ne!(now, shown);
        assert_eq!(sent(&now).status, 303, "{form}");
    }
    let log = house.ok(&["log", "--site", "old.example"]);
    assert!(!log.contains("site-reset") && house.ok(&["site", "list"]).contains("old.example"), "{log}");
}

#[test]
fn the_log_says_who_did_what() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    invite(&server, &owner, "editor", "vera@example.com");
    house.ok(&["site", "role", "example.com", "mia@example.com", "viewer"]);
    house.ok(&["site", "public", "example.com", "on"]);
    assert_eq!(send(&server, &owner, SHARING, &format!("{SHARING}/public"), &[("public", "false")]).status, 303);
    assert_eq!(send(&server, &owner, SHARING, &format!("{SHARING}/link"), &[("name", "Board")]).status, 303);
    let log = owner.get(&format!("{}/example.com/settings/log", server.url)).text().replace("<wbr>", "");
    let at = |words: &str| log.find(words).unwrap_or_else(|| panic!("{words}: {log}"));
    let in_order = [
        "Made the shared link “Board”",
        "Made the site private",
        "Made the site public",
        "Gave mia@example.com the role Viewer",
        "Invited vera@example.com as Editor",
        "Added the site",
    ];
    assert!(in_order.map(at).is_sorted(), "the newest first: {log}");
    assert!(log.contains("Command line") && log.contains("ada@example.com"));
    let other = owner.get(&format!("{}/other.example/settings/log", server.url)).text();
    assert!(!other.contains("Board"), "each site has its own");
}

#[test]
fn the_log_names_zones_and_what_ended() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let settings = "/example.com/settings";
    assert_eq!(send(&server, &owner, settings, settings, &[("timezone", "Asia/Tokyo"), ("keep_parameters", "")]).status, 303);
    let log = owner.get(&format!("{}/example.com/settings/log", server.url)).text();
    assert!(log.contains("Changed the time zone from UTC to Asia/Tokyo") && !log.contains("Changed the kept"), "{log}");
    house.ok(&["site", "remove", "other.example", "--yes"]);
    assert!(owner.get(&format!("{}/account", server.url)).text().replace("<wbr>", "").contains("Removed the site other.example"));
}

#[test]
fn links_are_made_changed_and_removed() {
    let house = house_of_two();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let link = |fields: &[(&str, &str)]| send(&server, &owner, SHARING, &format!("{SHARING}/link"), fields);
    let page = || owner.get(&format!("{}{SHARING}", server.url)).text();
    assert_eq!(link(&[("name", "Board"), ("password", "battery staple"), ("last_day", "2131-12-31")]).status, 303);
    let shown = page();
    let address = shown.split("/share/example.com?auth=").nth(1).expect("an address").chars().take(22).collect::<String>();
    assert!(shown.contains("with password · until 31 Dec 2131"), "{shown}");
    assert!(!shown.contains("battery staple"));
    assert_eq!(link(&[("name", "Board")]).status, 422, "each name once");
    // The address and what is not said stay.
    assert_eq!(link(&[("id", "1"), ("name", "Council"), ("last_day", "")]).status, 303);
    let shown = page();
    assert!(shown.contains(&address) && shown.contains("Council") && shown.contains("with password") && !shown.contains("2131"), "{shown}");
    assert_eq!(link(&[("id", "1"), ("name", "Council"), ("no_password", "yes")]).status, 303);
    assert!(!page().contains("with password"));
    assert_eq!(send(&server, &owner, SHARING, &format!("{SHARING}/remove"), &[("id", "1")]).status, 303);
    assert!(!page().contains(&address));
    let hosts = send(&server, &owner, SHARING, &format!("{SHARING}/hosts"), &[("hosts", "Blog.example.com\n*.shop.example")]);
    assert_eq!(hosts.status, 303, "{}", hosts.text());
    assert!(page().contains("*.shop.example\nblog.example.com"), "{}", page());
}

#[test]
fn a_site_is_renamed_with_all_it_has() {
    let house = house_of_two();
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    let server = house.serve();
    let mia = signed_in(&server, "mia@example.com");
    assert_eq!(server.event(serde_json::json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"})).status, 202);
    assert_eq!(
        send(&server, &mia, "/sites", "/sites/pin", &[("domain", "example.com"), ("pinned", "true"), ("next", "/sites")]).status,
        303
    );
    let renamed = send(&server, &mia, "/example.com/settings", "/example.com/settings/rename", &[("domain", "Blog.example")]);
    assert_eq!((renamed.status, renamed.header("location")), (303, Some("/blog.example/settings?done=renamed")), "{}", renamed.text());
    assert_eq!(house.metrics("blog.example", &["pageviews"], "day"), [1]);
    assert_eq!((status(&server, &mia, "/blog.example"), status(&server, &mia, "/example.com")), (200, 404));
    assert!(mia.get(&format!("{}/sites", server.url)).text().contains("blog.example"));
    house.ok(&["site", "add", "example.com"]);
}

#[test]
fn a_site_is_handed_over() {
    let house = house_of_two();
    member(&house, "olga@example.com");
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    let server = house.serve();
    let (mia, olga) = (signed_in(&server, "mia@example.com"), signed_in(&server, "olga@example.com"));
    let given = hand_over(&server, &mia, "olga@example.com", "yes");
    assert_eq!((given.status, given.header("location")), (303, Some("/example.com/settings/people?done=transferred")), "{}", given.text());
    assert_eq!((status(&server, &mia, PEOPLE), status(&server, &mia, DANGER), status(&server, &olga, DANGER)), (200, 404, 200));
    let back = hand_over(&server, &olga, "mia@example.com", "");
    assert_eq!((back.header("location"), status(&server, &olga, "/example.com")), (Some("/sites?done=transferred"), 404));
}

#[test]
fn a_team_has_its_role_at_each_of_its_sites() {
    let house = house_of_two();
    house.ok(&["site", "role", "example.com", "mia@example.com", "owner"]);
    let server = house.serve();
    let mia = signed_in(&server, "mia@example.com");
    let made = send(&server, &mia, "/teams", "/teams/new", &[("name", "Shop")]);
    let team = made.header("location").expect("the team's page").to_owned();
    let given = send(&server, &mia, PEOPLE, &format!("{PEOPLE}/team"), &[("team", team.rsplit('/').next().expect("a number"))]);
    assert_eq!(given.status, 303, "{}", given.text());
    let invited = send(&server, &mia, &team, &format!("{team}/invite"), &[("role", "editor"), ("email", "")]);
    let guest = Client::browser();
    let joined = accept(&server, &guest, &link(&invited), &[("email", "vera@example.com"), ("password", PASSWORD)]);
    assert_eq!(joined.header("location"), Some(format!("{team}?done=joined").as_str()), "{}", joined.text());
    assert_eq!((status(&server, &guest, "/example.com/settings/goals"), status(&server, &guest, PEOPLE)), (200, 404));
    assert_eq!(status(&server, &guest, &team), 200);
    // An editor of the team changes nothing of it.
    assert_eq!(send(&server, &guest, "/account", &format!("{team}/rename"), &[("name", "Mine")]).status, 404);
    member(&house, "out@example.com");
    let outsider = signed_in(&server, "out@example.com");
    assert_eq!((status(&server, &outsider, &team), status(&server, &outsider, "/teams/99")), (404, 404));
    let removed = send(&server, &mia, &team, &format!("{team}/remove"), &[("email", "vera@example.com")]);
    assert_eq!((removed.status, status(&server, &guest, "/example.com")), (303, 404), "{}", removed.text());
    assert_eq!(send(&server, &mia, &team, &format!("{team}/dissolve"), &[]).status, 303);
    assert_eq!(status(&server, &mia, &team), 404);
    assert_eq!(status(&server, &mia, "/example.com"), 200, "the site and its owner stay");
}

#[test]
fn signing_out_everywhere_ends_every_sign_in() {
    let house = house();
    let server = house.serve();
    let (here, there) = (signed_in(&server, "ada@example.com"), signed_in(&server, "ada@example.com"));
    let bob = signed_in(&server, "bob@example.com");
    let out = send(&server, &here, "/account", "/account/sign-out-everywhere", &[]);
    assert_eq!((out.status, out.header("location")), (303, Some("/login?done=signed-out-everywhere")));
    assert_eq!([&here, &there, &bob].map(|browser| status(&server, browser, "/sites")), [303, 303, 200]);
}

#[test]
fn signing_in_again_ends_what_the_browser_had() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let before = browser.cookie("footfall").expect("signed in");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let fields = [("csrf", csrf.as_str()), ("email", "ada@example.com"), ("password", PASSWORD), ("next", "")];
    assert_eq!(browser.form(&format!("{}/login", server.url), &fields).status, 303);
    let stale = Client::new().get_with(&format!("{}/sites", server.url), &[("Cookie", &format!("footfall={before}"))]);
    assert_eq!(stale.status, 303);
}

#[test]
fn commands_say_who_administers_and_what_is_public() {
    let house = house_of_two();
    assert!(house.ok(&["site", "public", "example.com", "on"]).contains("Anybody can see example.com now"));
    let sites = house.ok(&["site", "list"]);
    let of = |domain: &str| sites.lines().find(|line| line.starts_with(domain)).expect("its line").contains("yes");
    assert_eq!((of("example.com"), of("other.example")), (true, false), "{sites}");
    assert_eq!(house.ok(&["user", "administrator", "mia@example.com", "on"]), "mia@example.com is an administrator now.\n");
    let server = house.serve();
    let mia = signed_in(&server, "mia@example.com");
    assert_eq!(status(&server, &mia, "/other.example/settings/danger"), 200);
    house.ok(&["user", "administrator", "mia@example.com", "off"]);
    assert_eq!(status(&server, &mia, "/other.example"), 404, "at once, in a running server");
    for words in [&["site", "public", "nothing.example", "on"][..], &["site", "role", "example.com", "nobody@example.com", "viewer"]] {
        assert_eq!(house.fails(words).0, 1, "{words:?}");
    }
    assert_eq!(house.fails(&["site", "role", "example.com", "mia@example.com", "king"]).0, 2);
}

#[test]
fn members_add_sites_of_their_own_as_many_as_the_installation_says() {
    let house = House::with_settings([("FOOTFALL_ACCOUNTS_SITES_PER_MEMBER", "1")]);
    member(&house, "vera@example.com");
    house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], b"correct horse");
    let server = house.serve();
    let (vera, ada) = (signed_in(&server, "vera@example.com"), signed_in(&server, "ada@example.com"));
    let add =
        |browser: &Client, domain: &str| send(&server, browser, "/sites/new", "/sites/new", &[("domain", domain), ("timezone", "UTC")]);
    assert_eq!(add(&vera, "one.example").status, 303);
    let refused = add(&vera, "two.example");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("as many as anybody may"), "{}", refused.text());
    let team = send(&server, &vera, "/teams", "/teams/new", &[("name", "Shop")]).header("location").expect("a team").to_owned();
    let (people, number) = ("/one.example/settings/people", team.rsplit('/').next().expect("a number"));
    assert_eq!(send(&server, &vera, people, &format!("{people}/team"), &[("team", number)]).status, 303);
    assert_eq!(send(&server, &vera, "/account", "/account/leave", &[("site", "one.example")]).status, 303);
    assert_eq!(add(&vera, "two.example").status, 422, "hers through her team");
    for domain in ["three.example", "four.example"] {
        assert_eq!(add(&ada, domain).status, 303, "an administrator: {domain}");
    }
    let sites = house.ok(&["site", "list"]);
    assert!(sites.contains("one.example") && !sites.contains("two.example"), "{sites}");
}
