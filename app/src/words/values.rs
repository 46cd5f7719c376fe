//! Values that are ours and not a visitor's: names of channels and devices, as the API spells them.

use footfall_domain::labels::NOT_SET;

/// The channels there are, as they are kept.
pub const CHANNELS: [&str; 20] = [
    "AI assistants",
    "Affiliates",
    "Audio",
    "Cross-network",
    "Direct",
    "Display",
    "Email",
    "Mobile Push",
    "Organic Search",
    "Organic Shopping",
    "Organic Social",
    "Organic Video",
    "Paid Other",
    "Paid Search",
    "Paid Shopping",
    "Paid Social",
    "Paid Video",
    "Referral",
    "SMS",
    NOT_SET,
];
/// The devices and screens there are, as they are kept.
pub const DEVICES: [&str; 8] = ["Console", "Desktop", "Laptop", "Mobile", "TV", "Tablet", "Wearable", NOT_SET];

/// Values that are ours and not a visitor's.
#[derive(Clone, Copy, Debug)]
pub struct ValueWords {
    /// A channel, from its name in the API.
    pub channel: fn(&str) -> &str,
    /// A kind of device or a class of screens, from its name in the API.
    pub device: fn(&str) -> &str,
}

pub(super) const EN: ValueWords = ValueWords { channel: |name| name, device: |name| name };

pub(super) const DE: ValueWords = ValueWords {
    channel: |name| match name {
        "AI assistants" => "KI-Assistenten",
        "Affiliates" => "Partnerprogramme",
        "Cross-network" => "Netzwerkübergreifend",
        "Direct" => "Direkt",
        "Display" => "Bannerwerbung",
        "Email" => "E-Mail",
        "Mobile Push" => "Push-Nachrichten",
        "Organic Search" => "Organische Suche",
        "Organic Shopping" => "Organisches Einkaufen",
        "Organic Social" => "Soziale Netze",
        "Organic Video" => "Organische Videos",
        "Paid Other" => "Bezahlt, anderes",
        "Paid Search" => "Bezahlte Suche",
        "Paid Shopping" => "Bezahltes Einkaufen",
        "Paid Social" => "Soziale Netze, bezahlt",
        "Paid Video" => "Bezahlte Videos",
        "Referral" => "Verweise",
        // Audio and SMS are called so in German too.
        other => other,
    },
    device: |name| match name {
        "Mobile" => "Telefon",
        // Desktop, laptop and tablet are called so in German too.
        other => other,
    },
};
