//! What we give to people for their caches (deploy/) against the routes themselves: how each may be carried (`x-carried`
//! in the description) is what the VCL and the template of CloudFront do with it.

use super::named::house;
use super::openapi::{Operation, operations};
use crate::common::Server;
use regex::Regex;
use yaml_rust2::{Yaml, YamlLoader};

const TEMPLATE: &str = include_str!("../../../deploy/cloudfront/footfall.yaml");
const VCL: &str = include_str!("../../../deploy/varnish/footfall.vcl");

/// Amazon's policy CachingDisabled.
const NOTHING_KEPT: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
/// Every cookie that the server reads, by its name over http.
const COOKIES: [&str; 6] = ["footfall", "footfall-form", "footfall-link", "lang", "period", "theme"];
/// Those that are bound to their host over https.
const BOUND: [&str; 3] = ["footfall", "footfall-form", "footfall-link"];

/// A behaviour of the distribution.
struct Behaviour {
    pattern: String,
    methods: Vec<String>,
    cache: String,
    forwards: Option<String>,
}

struct Template(Yaml);

impl Template {
    fn read() -> Self {
        Self(YamlLoader::load_from_str(TEMPLATE).expect("YAML").remove(0))
    }

    fn distribution(&self) -> &Yaml {
        &self.0["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    }

    /// In the order CloudFront asks them; the default one last.
    fn behaviours(&self) -> Vec<Behaviour> {
        let listed = self.distribution()["CacheBehaviors"].as_vec().expect("behaviours");
        listed.iter().chain([&self.distribution()["DefaultCacheBehavior"]]).map(behaviour).collect()
    }

    /// What a cache policy of ours puts into the key.
    fn key(&self, policy: &str) -> &Yaml {
        &self.policy(policy)["ParametersInCacheKeyAndForwardedToOrigin"]
    }

    fn policy(&self, name: &str) -> &Yaml {
        &self.0["Resources"][name]["Properties"]["CachePolicyConfig"]
    }

    fn forwarded(&self, name: &str) -> &Yaml {
        &self.0["Resources"][name]["Properties"]["OriginRequestPolicyConfig"]
    }
}

fn behaviour(yaml: &Yaml) -> Behaviour {
    let policy = |yaml: &Yaml| yaml.as_str().or_else(|| yaml["Ref"].as_str()).map(str::to_owned);
    Behaviour {
        pattern: yaml["PathPattern"].as_str().unwrap_or("*").to_owned(),
        methods: texts(&yaml["AllowedMethods"]),
        cache: policy(&yaml["CachePolicyId"]).expect("a cache policy"),
        forwards: policy(&yaml["OriginRequestPolicyId"]),
    }
}

fn texts(yaml: &Yaml) -> Vec<String> {
    yaml.as_vec().expect("a list").iter().map(|text| text.as_str().expect("text").to_owned()).collect()
}

/// Whether a pattern fits a path: `*` is anything, slashes too.
fn fits(pattern: &str, path: &str) -> bool {
    let pattern = pattern.split('*').map(regex::escape).collect::<Vec<_>>().join(".*");
    Regex::new(&format!("^{pattern}$")).expect("a pattern").is_match(path)
}

fn carried(operation: &Operation) -> &str {
    operation.said["x-carried"].as_str().expect("how it is carried")
}

fn routes() -> Vec<Operation> {
    let house = house();
    let server: Server = house.serve();
    operations(&server)
}

#[test]
fn cloudfront_carries_each_route_as_the_route_says() {
    let template = Template::read();
    let behaviours = template.behaviours();
    let mut used = vec![false; behaviours.len()];
    for operation in &routes() {
        let at = behaviours.iter().position(|behaviour| fits(&behaviour.pattern, &operation.url)).expect("the default fits all");
        used[at] = true;
        let Behaviour { pattern, methods, cache, forwards } = &behaviours[at];
        let what = format!("{} {} ({}) by {pattern}", operation.method, operation.path, carried(operation));
        assert!(methods.contains(&operation.method), "{what}: the method is let through");
        let is_kept = cache != NOTHING_KEPT;
        match (operation.method.as_str(), carried(operation)) {
            (_, "never") => assert!(!is_kept && forwards.as_deref() == Some("EverythingPolicy"), "{what}: reaches the server whole"),
            // Kept or not is said by the answer; that it is somebody's own, by the cookies in the key.
            ("GET", "private") => {
                assert!(!is_kept || cache == "PagesPolicy", "{what}: cookies arrive");
                assert!(forwards.is_some(), "{what}: so does the language");
            }
            ("GET", "page" | "live") => assert!(["PagesPolicy", "StrangersPolicy"].contains(&cache.as_str()), "{what}: by the whole query"),
            ("GET", "immutable" | "script") => {
                assert!(["FilesPolicy", "StrangersPolicy"].contains(&cache.as_str()), "{what}: by the path, without cookies");
            }
            (_, _) => assert!(forwards.is_some(), "{what}: what is sent arrives"),
        }
    }
    let idle: Vec<&str> =
        behaviours.iter().zip(&used).filter(|(_, used)| !**used).map(|(behaviour, _)| behaviour.pattern.as_str()).collect();
    assert_eq!(idle, Vec::<&str>::new(), "behaviours that no route needs");
}

#[test]
fn cloudfronts_policies_keep_what_the_contract_says() {
    let template = Template::read();
    let bound = BOUND.iter().map(|name| format!("__Host-{name}"));
    let mut cookies: Vec<String> = COOKIES.iter().map(|name| (*name).to_owned()).chain(bound).collect();
    cookies.sort();
    let mut listed = texts(&template.key("PagesPolicy")["CookiesConfig"]["Cookies"]);
    listed.sort();
    assert_eq!(listed, cookies, "the cookies of people are part of the key, and no others");
    for (policy, queries, cookies) in
        [("PagesPolicy", "all", "whitelist"), ("StrangersPolicy", "all", "none"), ("FilesPolicy", "none", "none")]
    {
        let key = template.key(policy);
        assert_eq!(key["QueryStringsConfig"]["QueryStringBehavior"].as_str(), Some(queries), "{policy}");
        assert_eq!(key["CookiesConfig"]["CookieBehavior"].as_str(), Some(cookies), "{policy}");
        assert_eq!(key["HeadersConfig"]["HeaderBehavior"].as_str(), Some("none"), "{policy}");
        assert_eq!(key["EnableAcceptEncodingBrotli"].as_bool(), Some(true), "{policy}");
        assert_eq!(key["EnableAcceptEncodingGzip"].as_bool(), Some(true), "{policy}");
        let times = ["MinTTL", "DefaultTTL"].map(|name| template.policy(policy)[name].as_i64());
        assert_eq!(times, [Some(0), Some(0)], "{policy}: what says nothing, or no, is not kept");
    }
    // A week of old scripts and a day of old pages, and a year of files named by their content.
    assert!(template.policy("PagesPolicy")["MaxTTL"].as_i64() >= Some(3_600));
    assert!(template.policy("FilesPolicy")["MaxTTL"].as_i64() >= Some(31_536_000));
}

#[test]
fn cloudfront_tells_who_the_visitor_is_and_waits_shortly() {
    let template = Template::read();
    let everything = template.forwarded("EverythingPolicy");
    assert_eq!(everything["CookiesConfig"]["CookieBehavior"].as_str(), Some("all"));
    assert_eq!(everything["HeadersConfig"]["HeaderBehavior"].as_str(), Some("allViewerAndWhitelistCloudFront"));
    let headers = texts(&everything["HeadersConfig"]["Headers"]);
    for header in ["CloudFront-Viewer-Address", "CloudFront-Viewer-Country"] {
        assert!(headers.iter().any(|known| known == header), "{header}");
    }
    let people = template.forwarded("PeoplePolicy");
    assert_eq!(people["CookiesConfig"]["CookieBehavior"].as_str(), Some("none"), "no cookie reaches a page that is not in its key");
    let origin = &template.distribution()["Origins"][0];
    assert!(origin["CustomOriginConfig"]["OriginReadTimeout"].as_i64() <= Some(15) && origin["ConnectionAttempts"].as_i64() == Some(1));
    let errors = template.distribution()["CustomErrorResponses"].as_vec().expect("errors");
    assert!(errors.iter().all(|error| error["ErrorCachingMinTTL"].as_i64() == Some(0)), "errors are not kept");
    for code in [400, 403, 404, 405, 500, 501, 502, 503, 504] {
        assert!(errors.iter().any(|error| error["ErrorCode"].as_i64() == Some(code)), "{code}");
    }
}

#[test]
fn varnish_carries_each_route_as_the_route_says() {
    let expressions: Vec<Regex> = VCL
        .lines()
        .filter_map(|line| line.trim().strip_prefix("if (req.url ~ \"^/(account|"))
        .map(|rest| Regex::new(&format!("^/(account|{}", rest.trim_end_matches("\") {"))).expect("an expression"))
        .collect();
    let [own] = &expressions[..] else { panic!("one line names what is somebody's own") };
    let carried_of_api = ["/api/openapi.json", "/api/sites/example.com/current", "/api/stats/example.com/suggestions/page"];
    let passes = |url: &str| own.is_match(url) || (url.starts_with("/api/") && !carried_of_api.contains(&url));
    for operation in routes().iter().filter(|operation| operation.method == "GET") {
        let what = format!("{} ({})", operation.path, carried(operation));
        match carried(operation) {
            "never" => assert!(passes(&operation.url), "{what} is handed on"),
            // Below a site, who is signed in is known by the cookie; at the top also before that, by forms.
            "private" if operation.path.starts_with("/{") || ["/", "/favicon.ico"].contains(&operation.path.as_str()) => {}
            "private" => assert!(passes(&operation.url), "{what} is handed on"),
            _ => assert!(!passes(&operation.url), "{what} is kept"),
        }
    }
}
