//! What made-up people use, and where they come from. Empty texts are values that are missing.

/// Browser, version, system, version, device, and the user agent that says so.
pub(super) struct Agent {
    pub(super) labels: [&'static str; 5],
    pub(super) user_agent: &'static str,
}

pub(super) const AGENTS: &[Agent] = &[
    Agent {
        labels: ["Chrome", "141", "Windows", "10", "Desktop"],
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    },
    Agent {
        labels: ["Safari", "18", "iOS", "18", "Mobile"],
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    },
    Agent {
        labels: ["Chrome", "140", "Android", "10", "Mobile"],
        user_agent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    },
    Agent {
        labels: ["Firefox", "144", "Ubuntu", "", "Desktop"],
        user_agent: "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    },
    Agent {
        labels: ["Safari", "17", "Mac", "10.15", "Desktop"],
        user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
    },
    Agent {
        labels: ["Microsoft Edge", "141", "Windows", "10", "Desktop"],
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    },
    Agent {
        labels: ["Samsung Browser", "28", "Android", "10", "Mobile"],
        user_agent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    },
    Agent {
        labels: ["Safari", "18", "iPadOS", "18", "Tablet"],
        user_agent: "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    },
    Agent { labels: ["", "", "", "", ""], user_agent: "" },
];

/// User agents of machines.
pub(super) const MACHINES: &[&str] = &[
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "curl/8.11.1",
    "python-requests/2.32.3",
];

/// Source, referrer, channel and the campaign tags medium, source, campaign, content, term; then what a browser sends.
pub(super) struct Origin {
    pub(super) labels: [&'static str; 8],
    pub(super) referrer: &'static str,
    pub(super) query: &'static str,
}

pub(super) const ORIGINS: &[Origin] = &[
    Origin { labels: ["", "", "Direct", "", "", "", "", ""], referrer: "", query: "" },
    Origin { labels: ["Google", "google.com", "Organic Search", "", "", "", "", ""], referrer: "https://www.google.com/", query: "" },
    Origin {
        labels: ["Hacker News", "news.ycombinator.com/item", "Organic Social", "", "", "", "", ""],
        referrer: "https://news.ycombinator.com/item",
        query: "",
    },
    Origin {
        labels: ["newsletter", "", "Email", "email", "newsletter", "Spring Sale", "", ""],
        referrer: "",
        query: "utm_source=newsletter&utm_medium=email&utm_campaign=Spring+Sale",
    },
    Origin {
        labels: ["Bing", "bing.com/search", "Organic Search", "", "", "", "", ""],
        referrer: "https://www.bing.com/search",
        query: "",
    },
    Origin {
        labels: ["google", "google.com", "Paid Search", "cpc", "google", "Brand", "ad-2", "web analytics"],
        referrer: "https://www.google.com/",
        query: "utm_source=google&utm_medium=cpc&utm_campaign=Brand&utm_content=ad-2&utm_term=web%20analytics",
    },
    Origin {
        labels: ["müller.example", "müller.example/Straße", "Referral", "", "", "", "", ""],
        referrer: "https://xn--mller-kva.example/Stra%C3%9Fe/",
        query: "",
    },
    Origin { labels: ["partner", "", "Referral", "", "", "", "", ""], referrer: "", query: "ref=partner" },
    Origin {
        labels: ["newsletter", "", "Email", "Email", "newsletter", "spring sale", "", ""],
        referrer: "",
        query: "source=newsletter&utm_medium=Email&utm_campaign=spring%20sale",
    },
];

/// Country, region, city.
pub(super) const PLACES: &[[&str; 3]] = &[
    ["DE", "Berlin", "Berlin"],
    ["US", "California", "San Francisco"],
    ["DE", "Bavaria", "München"],
    ["JP", "Tokyo", "Tokyo"],
    ["GB", "England", ""],
    ["NP", "", ""],
    ["FR", "Île-de-France", "Paris"],
    ["", "", ""],
];

/// Screen class, and a width in it.
pub(super) const SCREENS: &[(&str, u32)] = &[("Desktop", 1920), ("Mobile", 390), ("Laptop", 1280), ("Tablet", 820), ("", 0)];

pub(super) const LANGUAGES: &[&str] = &["en-US", "de-DE", "en-GB", "ja", ""];

pub(super) const HOSTS: &[&str] = &["example.org", "example.org", "blog.example.org", "xn--mnchen-3ya.example", ""];

/// Pages that everybody has, the first the most visited.
pub(super) const PAGES: &[&str] = &[
    "/",
    "/pricing",
    "/blog",
    "/blog/hello-world",
    "/docs",
    "/docs/install",
    "/about",
    "/signup",
    "/blog/2026/why-we-count",
    "/contact",
    "/Blog",
    "/blog/",
    "/docs//install",
];

/// Pages and their addresses where the two differ, or that are odd.
pub(super) const ODD_PAGES: &[(&str, &str)] = &[
    ("/blog/über uns", "/blog/%C3%BCber%20uns"),
    ("/100%", "/100%25"),
    ("/a+b", "/a+b"),
    ("/\u{fffd}", "/%FF"),
    ("/\u{65e5}\u{672c}\u{8a9e}", "/%E6%97%A5%E6%9C%AC%E8%AA%9E"),
    ("/\u{1f9a6}", "/%F0%9F%A6%A6"),
    ("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z"),
    ("/(none)", "/(none)"),
    ("/ ", "/%20"),
];

/// Custom events, whether they end a bounce, and the properties they may carry.
pub(super) const EVENTS: &[(&str, bool)] =
    &[("Signup", true), ("Outbound Link: Click", true), ("Section seen", false), ("File Download", true), ("404", true), ("signup", false)];

/// Properties and their values.
pub(super) const PROPERTIES: &[(&str, &[&str])] = &[
    ("plan", &["free", "Gold", "gold", "(none)"]),
    ("url", &["https://example.com/", "https://example.net/a?b=c"]),
    ("logged_in", &["true", "false"]),
    ("author", &["Ada", "Grace", "Zoë", "\u{674e}"]),
    ("amount", &["1", "10", "9", "0.5"]),
];

/// Amounts of money and their currencies.
pub(super) const PRICES: &[(&str, &str)] = &[
    ("19.99", "EUR"),
    ("0.1", "EUR"),
    ("0.2", "EUR"),
    ("-5", "EUR"),
    ("1234.565", "EUR"),
    ("500", "JPY"),
    ("33.5", "JPY"),
    ("0.0005", "KWD"),
];
