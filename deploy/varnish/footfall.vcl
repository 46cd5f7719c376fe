vcl 4.1;

# Varnish in front of Footfall: carries public pages, widgets, counters and files; hands on everything else untouched.
# For Varnish 6.6 or later (Debian and Ubuntu: apt-get install varnish). How to set it up: docs/cdn.md.
#
# What it relies on is written in docs/formats/cdn.md:
#   * whatever may be kept says `public` with `s-maxage`, and depends on host, path and query alone;
#   * whatever may not says `private` or `no-store`;
#   * everything public of a site carries `Surrogate-Key: site-N`.

import blob;
import std;

# ---------------------------------------------------------------------------------------------------------------------
# Yours to change
# ---------------------------------------------------------------------------------------------------------------------

# Where Footfall listens.
backend footfall {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    # How long a visitor waits for a slow origin before an older page is shown instead, where there is one.
    .first_byte_timeout = 15s;
    # Whether it answers at all. One that hangs is left alone after three attempts, and older pages are shown at once; one
    # that is slow is not. The first answer brings it back, so that no hit is refused for longer than need be.
    .probe = {
        .url = "/healthz";
        .interval = 2s;
        .timeout = 5s;
        .window = 3;
        .threshold = 1;
        .initial = 1;
    }
}

# From where Footfall sends its purges: `[cdn] purge = ["varnish:http://HOST:PORT"]`. The port is one that speaks plain
# HTTP: where visitors come by the PROXY protocol (docs/cdn.md), Varnish listens on a second one for this.
acl purgers {
    "127.0.0.1";
    "::1";
}

# What stands in front of this Varnish and may say who the visitor is and from which country: a CDN, a load balancer, a
# TLS terminator that does not speak the PROXY protocol. Nobody, unless you say so; name the same networks to Footfall in
# `server.trusted_proxies`.
acl fronts {
}

# ---------------------------------------------------------------------------------------------------------------------
# Requests
# ---------------------------------------------------------------------------------------------------------------------

sub vcl_recv {
    if (req.restarts == 0) {
        # Words of our own, which nobody else may say.
        unset req.http.X-Footfall-Want;
        unset req.http.X-Footfall-Coding;
        call who_is_asking;
    }

    if (req.method == "BAN") {
        call drop_by_tag;
    }

    # Hits above all: they are sent once, and on no account kept.
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }

    # What is somebody's own, and what counts. Cookies stay. A renamed pixel (`ingest.pixel_path`) is named here too.
    if (req.url ~ "^/(account|count|healthz|installation|join|login|logout|matomo\.php|metrics|piwik\.php|pixel\.gif|readyz|setup|sites|teams|theme)([/?]|$)") {
        return (pass);
    }
    # Of the API only what pages of public sites ask for is carried, and its description; not to programs with a key.
    if (req.url ~ "^/api/" && req.url !~ "^/api/(openapi\.json|sites/[^/?]+/current|stats/[^/?]+/suggestions/[^/?]+)(\?|$)") {
        return (pass);
    }
    if (req.http.Authorization) {
        return (pass);
    }

    # Who is signed in sees their own pages, and who gave a shared link's password sees what is behind it: neither is kept,
    # nor shown from what is kept. In widgets, counters and files nobody is signed in.
    if (req.url !~ "^/(assets|counter|embed|js)/" && req.http.Cookie ~ "(^|;\s*)(__Host-)?footfall(-link)?=") {
        return (pass);
    }

    # Everything else is a stranger's, and all strangers are alike. But where they are asked to sign in, or for a password,
    # there is a form, which comes back with the cookie it was shown with: Footfall must see that there is one, else it
    # gives another, and the form in the first tab is good for nothing. What is kept depends on no cookie.
    if (req.http.Cookie ~ "(^|;\s*)(__Host-)?footfall-form=") {
        set req.http.Cookie = regsub(req.http.Cookie, "^(.*;\s*)?((__Host-)?footfall-form=[^;]*).*$", "\2");
    } else {
        unset req.http.Cookie;
    }
    if (req.http.Accept-Encoding ~ "(^|[ ,])br($|[ ,;])" && req.http.Accept-Encoding !~ "(^|[ ,])br;q=0(\.0*)?($|[ ,])") {
        set req.http.X-Footfall-Coding = "br";
    }
    # On a second try (see vcl_hit and vcl_synth): nothing that is old, or anything the origin allowed while it is away.
    if (req.http.X-Footfall-Want == "new") {
        set req.grace = 0s;
    } elsif (req.http.X-Footfall-Want == "anything") {
        set req.grace = 365d;
    }
    return (hash);
}

# Varnish has added the address it was asked from to X-Forwarded-For. What a visitor wrote there is a claim and goes.
sub who_is_asking {
    # Somebody between says that it hands on what another one asked. Footfall says nothing of the kind when it purges.
    unset req.http.X-Footfall-Relayed;
    if (req.http.X-Forwarded-For ~ "," || req.http.Forwarded || req.http.Via || req.http.CF-Connecting-IP || req.http.CloudFront-Viewer-Address) {
        set req.http.X-Footfall-Relayed = "yes";
    }
    if (client.ip !~ fronts) {
        set req.http.X-Forwarded-For = client.ip;
        unset req.http.Forwarded;
        unset req.http.CF-Connecting-IP;
        unset req.http.CF-IPCountry;
        unset req.http.CloudFront-Viewer-Address;
        unset req.http.CloudFront-Viewer-City;
        unset req.http.CloudFront-Viewer-Country;
        unset req.http.CloudFront-Viewer-Country-Region;
        unset req.http.CloudFront-Viewer-Country-Region-Name;
    }
}

# BAN / with `Surrogate-Key: site-7`: what is kept of that site is gone.
sub drop_by_tag {
    # One that came through a proxy is a visitor's, whatever address the proxy has.
    if (client.ip !~ purgers || req.http.X-Footfall-Relayed) {
        return (synth(405, "Not from here"));
    }
    if (req.http.Surrogate-Key !~ "^site-[0-9]+( site-[0-9]+)*$") {
        return (synth(400, "Surrogate-Key: site-N"));
    }
    if (std.ban("obj.http.Surrogate-Key ~ (^|[^a-z])(" + regsuball(req.http.Surrogate-Key, " ", "|") + ")([^0-9]|$)")) {
        return (synth(200, "Dropped"));
    }
    return (synth(500, std.ban_error()));
}

sub vcl_hash {
    # Host and path with query are added by Varnish itself. Brotli and the rest are two bodies; gzip it undoes where need be.
    if (req.http.X-Footfall-Coding) {
        hash_data(req.http.X-Footfall-Coding);
    }
}

# ---------------------------------------------------------------------------------------------------------------------
# What is kept
# ---------------------------------------------------------------------------------------------------------------------

sub vcl_hit {
    if (obj.ttl > 0s || req.http.X-Footfall-Want == "anything") {
        return (deliver);
    }
    # A little old (stale-while-revalidate): shown, and a new one is fetched meanwhile. Older: first ask, then show.
    if (obj.ttl + std.duration(obj.http.X-Footfall-While, 0s) > 0s) {
        return (deliver);
    }
    set req.http.X-Footfall-Want = "new";
    return (restart);
}

sub vcl_miss {
    # The origin is away and nothing old is there to show instead: what it says itself is as good as anything.
    if (req.http.X-Footfall-Want == "anything") {
        return (pass);
    }
}

sub vcl_backend_fetch {
    unset bereq.http.X-Footfall-Want;
    unset bereq.http.X-Footfall-Relayed;
    if (bereq.http.X-Footfall-Coding && !bereq.uncacheable) {
        set bereq.http.Accept-Encoding = bereq.http.X-Footfall-Coding;
    }
    unset bereq.http.X-Footfall-Coding;
}

sub vcl_backend_response {
    # An origin in trouble does not push out what is kept of it. Only for what may be kept: a hit is never sent twice.
    if (beresp.status >= 500 && !bereq.uncacheable) {
        return (abandon);
    }
    set beresp.http.X-Footfall-Key = blob.encode(encoding=HEX, blob=bereq.hash);
    if (beresp.ttl <= 0s || beresp.http.Set-Cookie || beresp.http.Cache-Control ~ "(?i)(private|no-store|no-cache)") {
        # There was a page here, and now there is none for strangers: the old one is not for the day the origin is away.
        # Varnish itself asks so, for a page it has. What is only passed on has the visitor's own words, and drops nothing.
        if (!bereq.uncacheable && (bereq.is_bgfetch || bereq.http.If-None-Match)) {
            std.ban("obj.http.X-Footfall-Key == " + beresp.http.X-Footfall-Key);
        }
    } else {
        call how_old_it_may_get;
    }
    # Varnish's own rules follow: what is private, no-store, or sets a cookie is not kept.
}

sub how_old_it_may_get {
    set beresp.http.X-Footfall-While = "0s";
    set beresp.grace = 0s;
    if (beresp.http.Cache-Control ~ "stale-if-error=[0-9]+") {
        set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 0s);
    }
    if (beresp.http.Cache-Control ~ "stale-while-revalidate=[0-9]+") {
        set beresp.http.X-Footfall-While = regsub(beresp.http.Cache-Control, "^.*stale-while-revalidate=([0-9]+).*$", "\1s");
        if (beresp.grace < std.duration(beresp.http.X-Footfall-While, 0s)) {
            set beresp.grace = std.duration(beresp.http.X-Footfall-While, 0s);
        }
    }
    # Longer still only to ask whether it is the same (If-None-Match), which costs the origin next to nothing.
    set beresp.keep = 1h;
}

sub vcl_backend_error {
    if (!bereq.uncacheable) {
        return (abandon);
    }
}

sub vcl_synth {
    # A page was not to be had. Once more, and now an old one will do (stale-if-error).
    if (resp.status == 503 && (req.method == "GET" || req.method == "HEAD") && req.http.X-Footfall-Want != "anything") {
        set req.http.X-Footfall-Want = "anything";
        return (restart);
    }
}

# ---------------------------------------------------------------------------------------------------------------------
# Answers
# ---------------------------------------------------------------------------------------------------------------------

sub vcl_deliver {
    unset resp.http.X-Footfall-Key;
    unset resp.http.X-Footfall-While;
    # For who looks whether it works: hit, stale, miss or pass. `Age` says how old it is.
    if (obj.uncacheable) {
        set resp.http.X-Cache = "pass";
    } elsif (obj.hits == 0) {
        set resp.http.X-Cache = "miss";
    } elsif (obj.ttl > 0s) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "stale";
    }
}
