//! Who may do what: every route, asked by everybody there is, against the tables of `docs/access.md`; and who is refused
//! sees what stands where there is no site at all.

mod askers;
mod links;
mod roles;

use crate::common::House;
use crate::named::signed_in;
use crate::openapi::operations;
use askers::{Asker, email, filled, house, learnt, refuses, takes_in, team};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const TABLES: &str = include_str!("../../../../docs/access.md");
const PRIVATE: &str = "private.example";
const PUBLIC: &str = "public.example";
/// No site at all.
const UNKNOWN: &str = "unknown.example";

/// What would end the asker, or what is asked about, or refuses a password that nobody has sent: called only where it is
/// refused to who asks.
const ENDING: [&str; 8] = [
    "POST /login",
    "POST /logout",
    "POST /account/leave",
    "POST /account/sign-out-everywhere",
    "POST /account/password",
    "DELETE /api/v1/sites/{site_id}",
    "POST /account/keys",
    "POST /teams/{id}/dissolve",
];

/// The rows of the table below a heading: the first cell, and the others.
fn table(heading: &str) -> Vec<(String, Vec<String>)> {
    let from = TABLES.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no heading {heading}")).1;
    let part = from.split("\n## ").next().unwrap_or_default();
    let cells =
        |line: &str| -> Vec<String> { line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect() };
    let lines = part.lines().filter(|line| line.starts_with('|') && !line.starts_with("|-") && !line.starts_with("| -"));
    lines.map(cells).map(|mut cells| (cells.remove(0), cells)).collect()
}

/// What stands in the table of a kind of route for each asker.
fn allowed() -> BTreeMap<String, BTreeMap<String, bool>> {
    let mut rows = table("Who may").into_iter();
    let names = rows.next().expect("a head").1;
    let row = |cells: Vec<String>| names.iter().cloned().zip(cells.iter().map(|cell| cell == "yes")).collect();
    rows.map(|(kind, cells)| (kind, row(cells))).collect()
}

#[test]
fn every_route_is_for_whom_the_table_says() {
    let house = house();
    let server = house.serve();
    // The same people have the same roles in a team.
    let owner = Asker::person(&server, "owner");
    let shop = team(&server, &owner);
    ["viewer", "editor", "admin"].into_iter().for_each(|name| takes_in(&server, &owner, &shop, name, name));
    let kinds = allowed();
    let routes: BTreeMap<String, String> = table("Routes").into_iter().skip(1).map(|(route, cells)| (route, cells[0].clone())).collect();
    let mut askers = vec![Asker::nobody(&server)];
    askers.extend(["stranger", "viewer", "editor", "admin", "owner", "administrator"].map(|name| Asker::person(&server, name)));
    askers.extend(["stats key", "events key", "sites key", "admin key"].map(|name| Asker::program(&server, &house, name)));
    let mut wrong = String::new();
    let mut asked = 0;
    for operation in operations(&server) {
        let route = format!("{} {}", operation.method, operation.path);
        let Some(kind) = routes.get(&route) else {
            writeln!(wrong, "{route}: in no line of the table of routes").expect("text");
            continue;
        };
        // The Sites API names the site beside the path.
        let named = operation.path.starts_with("/api/v1/sites/") && operation.path != "/api/v1/sites/teams";
        let by_site = named || ["{domain}", "{site}", "{site_id}"].iter().any(|name| operation.path.contains(name));
        for (domain, suffix) in [(PRIVATE, ""), (PUBLIC, " of a public site")] {
            if !suffix.is_empty() && !by_site {
                continue;
            }
            let row = kinds.get(&format!("{kind}{suffix}")).or_else(|| kinds.get(kind)).unwrap_or_else(|| panic!("no line about {kind}"));
            let path = filled(&operation.path, domain);
            for asker in &askers {
                let may = row[asker.name];
                if may && ENDING.contains(&route.as_str()) {
                    continue;
                }
                let answer = asker.ask(&server, &operation.method, &path, domain);
                asked += 1;
                // What is not there is not there for those who may look for it either.
                let numbered = ["{id}", "{goal_id}"].iter().any(|name| operation.path.contains(name)) && !path.starts_with("/teams/");
                let absent = answer.status == 404 && may && (kind == "open" || numbered);
                let refused = refuses(&answer) && !absent;
                if refused == may {
                    writeln!(wrong, "{route} ({kind}{suffix}), {}: {}, expected {may}", asker.name, answer.status).expect("text");
                } else if refused && by_site {
                    let unknown = asker.ask(&server, &operation.method, &filled(&operation.path, UNKNOWN), UNKNOWN);
                    if learnt(&answer, domain) != learnt(&unknown, UNKNOWN) {
                        writeln!(
                            wrong,
                            "{route} ({kind}{suffix}), {}: {} is told from unknown: {}",
                            asker.name, answer.status, unknown.status
                        )
                        .expect("text");
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(asked > 1_000, "{asked}");
}

#[test]
fn the_tables_name_no_route_that_is_gone() {
    let house = House::new();
    let server = house.serve();
    let there: Vec<String> = operations(&server).into_iter().map(|operation| format!("{} {}", operation.method, operation.path)).collect();
    let gone: Vec<String> = table("Routes").into_iter().skip(1).map(|(route, _)| route).filter(|route| !there.contains(route)).collect();
    assert_eq!(gone, Vec::<String>::new());
}

/// A form of somebody signed in does nothing unless it was shown to them: no route forgets to ask.
#[test]
fn no_form_is_taken_that_was_not_shown() {
    let house = house();
    let server = house.serve();
    let owner = Asker::person(&server, "owner");
    let other = Asker::person(&server, "admin");
    let mut forms = 0;
    for operation in operations(&server).into_iter().filter(|operation| operation.said["tags"][0] == "Forms") {
        let path = filled(&operation.path, PRIVATE);
        for csrf in [String::new(), "x".repeat(43), other.csrf.clone()] {
            let forged = Asker { csrf, browser: signed_in(&server, &email("owner")), name: "owner", headers: Vec::new() };
            let answer = forged.ask(&server, "POST", &path, PRIVATE);
            assert_eq!(answer.status, 403, "POST {path}");
        }
        forms += 1;
    }
    assert!(forms > 40, "{forms}");
    assert_eq!(owner.ask(&server, "GET", "/private.example", PRIVATE).status, 200, "nothing was removed or renamed");
}

/// What a member sees is framed by nobody and kept by no cache, also where the same address is public to others.
#[test]
fn what_members_see_is_neither_framed_nor_kept() {
    let house = house();
    let server = house.serve();
    let owner = Asker::person(&server, "owner");
    let mut wrong = String::new();
    for operation in operations(&server).into_iter().filter(|operation| operation.method == "GET") {
        let carried = operation.said["x-carried"].as_str().unwrap_or("private");
        let framed = ["/embed/", "/counter/", "/share/"].iter().any(|beginning| operation.path.starts_with(beginning));
        if framed || ["immutable", "script"].contains(&carried) || operation.path == "/{domain}/card.png" {
            continue;
        }
        for domain in [PRIVATE, PUBLIC] {
            let answer = owner.ask(&server, "GET", &filled(&operation.path, domain), domain);
            let caching = answer.header("cache-control").unwrap_or_default();
            let policy = answer.header("content-security-policy").unwrap_or_default();
            let of_site =
                operation.path.contains("{domain}") || operation.path.starts_with("/account") || operation.path.starts_with("/teams");
            if of_site && !caching.starts_with("private") {
                writeln!(wrong, "GET {} may be kept: {caching}", operation.path).expect("text");
            }
            if !policy.contains("frame-ancestors 'none'") {
                writeln!(wrong, "GET {} may be framed: {policy}", operation.path).expect("text");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
