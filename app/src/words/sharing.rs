//! Who may see a site without an account.

/// Who may see a site without an account.
#[derive(Clone, Copy, Debug)]
pub struct SharingWords {
    /// The head of it.
    pub title: &'static str,
    /// The title of the page, from the domain.
    pub page_title: fn(&str) -> String,
    /// The head of the public switch.
    pub public: &'static str,
    /// It is off.
    pub is_private: &'static str,
    /// It is on: before the address.
    pub is_public: &'static str,
    /// What switching it on means.
    pub public_why: &'static str,
    /// What switching it off means, where caches are told.
    pub private_purged: &'static str,
    /// What switching it off means, where caches are not told.
    pub private_later: &'static str,
    /// A button.
    pub make_public: &'static str,
    /// A button.
    pub make_private: &'static str,
    /// The head of shared links.
    pub links: &'static str,
    /// What they are.
    pub links_why: &'static str,
    /// There are none.
    pub no_links: &'static str,
    /// A link's name.
    pub name: &'static str,
    /// What the empty field shows.
    pub name_example: &'static str,
    /// A field.
    pub password: &'static str,
    /// Below it.
    pub password_hint: &'static str,
    /// Below it, where there is one.
    pub password_kept: &'static str,
    /// A box: no password any more.
    pub password_none: &'static str,
    /// A choice.
    pub segment: &'static str,
    /// No segment.
    pub segment_none: &'static str,
    /// Below it.
    pub segment_hint: &'static str,
    /// A field.
    pub last_day: &'static str,
    /// Below it.
    pub last_day_hint: &'static str,
    /// The head of the form of a new one.
    pub new: &'static str,
    /// Its button.
    pub make: &'static str,
    /// Opens the form of one.
    pub change: &'static str,
    /// The same, from its name; only heard.
    pub change_one: fn(&str) -> String,
    /// A button, from the link's name; only heard.
    pub remove_one: fn(&str) -> String,
    /// The name of the box with an address, from the link's name; only heard.
    pub address_of: fn(&str) -> String,
    /// A link asks for a password.
    pub with_password: &'static str,
    /// A link shows a segment only, from its name.
    pub with_segment: fn(&str) -> String,
    /// A link works until a day.
    pub until: fn(&str) -> String,
    /// It works no more, since a day.
    pub ended: fn(&str) -> String,
    /// The head of hosts that may frame.
    pub frames: &'static str,
    /// What that means.
    pub frames_why: &'static str,
    /// A field.
    pub hosts: &'static str,
    /// Below it.
    pub hosts_hint: &'static str,
    /// A wrong name of a link, from the most characters.
    pub wrong_name: fn(usize) -> String,
    /// There is one of this name.
    pub exists: &'static str,
    /// It is not there any more.
    pub gone: &'static str,
    /// As many as there may be, from that number.
    pub full: fn(usize) -> String,
    /// No date, or one that is past.
    pub wrong_day: &'static str,
    /// The segment is not there.
    pub wrong_segment: &'static str,
    /// No host, from what was written.
    pub no_host: fn(&str) -> String,
    /// More hosts than there may be, from that number.
    pub many_hosts: fn(usize) -> String,
}

pub(super) const EN: SharingWords = SharingWords {
    title: "Sharing",
    page_title: |domain| format!("Sharing of {domain}"),
    public: "Public page",
    is_private: "Private: only people with a role see the numbers.",
    is_public: "Public: anybody sees the numbers at",
    public_why: "Anybody can see all numbers of this site, its widgets and counters, without an account. Settings and names of people stay hidden.",
    private_purged: "Once private, caches are told at once; browsers forget the page within a minute.",
    private_later: "Once private, the page is gone from caches within an hour and from browsers within a minute.",
    make_public: "Make public",
    make_private: "Make private",
    links: "Shared links",
    links_why: "Unlisted: who has the link sees the numbers, without an account.",
    no_links: "No links yet.",
    name: "Name",
    name_example: "Board",
    password: "Password (optional)",
    password_hint: "At least 10 characters. Asked for once a day.",
    password_kept: "Empty: it stays as it is.",
    password_none: "Ask for no password any more",
    segment: "Segment",
    segment_none: "All numbers",
    segment_hint: "Who has the link sees only this part and cannot lift it.",
    last_day: "Last day (optional)",
    last_day_hint: "After this day, in the site’s time zone, the link stops working.",
    new: "New link",
    make: "Make a link",
    change: "Change",
    change_one: |name| format!("Change the link {name}"),
    remove_one: |name| format!("Remove the link {name}"),
    address_of: |name| format!("Address of the link {name}"),
    with_password: "with password",
    with_segment: |name| format!("only {name}"),
    until: |day| format!("until {day}"),
    ended: |day| format!("ended after {day}"),
    frames: "Frames",
    frames_why: "Widgets and shared links without a password may stand in frames of other pages.",
    hosts: "Hosts that may frame",
    hosts_hint: "One a line, such as blog.example.com, *.example.com or https://app.example.com:8443. Empty: any.",
    wrong_name: |most| format!("A link needs a name of at most {most} characters, in one line."),
    exists: "There is a link of this name already.",
    gone: "This link is not there any more.",
    full: |most| format!("There can be at most {most} links; remove one first."),
    wrong_day: "Write a day that is not past, such as 2031-12-31.",
    wrong_segment: "This segment is not there any more.",
    no_host: |written| format!("“{written}” is no host; write one such as blog.example.com or *.example.com."),
    many_hosts: |most| format!("There can be at most {most} hosts."),
};

pub(super) const DE: SharingWords = SharingWords {
    title: "Teilen",
    page_title: |domain| format!("Teilen von {domain}"),
    public: "Öffentliche Seite",
    is_private: "Privat: Nur Personen mit einer Rolle sehen die Zahlen.",
    is_public: "Öffentlich: Alle sehen die Zahlen unter",
    public_why: "Alle können ohne Konto sämtliche Zahlen dieser Website sehen, dazu Widgets und Zähler. Einstellungen und Namen von Personen bleiben verborgen.",
    private_purged: "Wieder privat, erfahren es Zwischenspeicher sofort; Browser vergessen die Seite innerhalb einer Minute.",
    private_later: "Wieder privat, verschwindet die Seite innerhalb einer Stunde aus Zwischenspeichern und innerhalb einer Minute aus Browsern.",
    make_public: "Öffentlich machen",
    make_private: "Privat machen",
    links: "Geteilte Links",
    links_why: "Nirgends verzeichnet: Wer den Link hat, sieht die Zahlen, ohne Konto.",
    no_links: "Noch keine Links.",
    name: "Name",
    name_example: "Vorstand",
    password: "Passwort (freiwillig)",
    password_hint: "Mindestens 10 Zeichen. Danach gefragt wird einmal am Tag.",
    password_kept: "Leer: Es bleibt, wie es ist.",
    password_none: "Nach keinem Passwort mehr fragen",
    segment: "Segment",
    segment_none: "Alle Zahlen",
    segment_hint: "Wer den Link hat, sieht nur diesen Teil und kann das nicht aufheben.",
    last_day: "Letzter Tag (freiwillig)",
    last_day_hint: "Nach diesem Tag, in der Zeitzone der Website, gilt der Link nicht mehr.",
    new: "Neuer Link",
    make: "Link erstellen",
    change: "Ändern",
    change_one: |name| format!("Link {name} ändern"),
    remove_one: |name| format!("Link {name} entfernen"),
    address_of: |name| format!("Adresse des Links {name}"),
    with_password: "mit Passwort",
    with_segment: |name| format!("nur {name}"),
    until: |day| format!("bis {day}"),
    ended: |day| format!("galt bis {day}"),
    frames: "Rahmen",
    frames_why: "Widgets und geteilte Links ohne Passwort dürfen in Rahmen anderer Seiten stehen.",
    hosts: "Hosts, die das dürfen",
    hosts_hint: "Einer je Zeile, etwa blog.example.com, *.example.com oder https://app.example.com:8443. Leer: alle.",
    wrong_name: |most| format!("Ein Link braucht einen Namen von höchstens {most} Zeichen, in einer Zeile."),
    exists: "Einen Link dieses Namens gibt es schon.",
    gone: "Diesen Link gibt es nicht mehr.",
    full: |most| format!("Es kann höchstens {most} Links geben; entfernen Sie zuerst einen."),
    wrong_day: "Gemeint ist ein Tag, der nicht vergangen ist, etwa 2031-12-31.",
    wrong_segment: "Dieses Segment gibt es nicht mehr.",
    no_host: |written| format!("„{written}“ ist kein Host; gemeint ist etwas wie blog.example.com oder *.example.com."),
    many_hosts: |most| format!("Es kann höchstens {most} Hosts geben."),
};
