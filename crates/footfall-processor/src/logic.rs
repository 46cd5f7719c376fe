//! The logic in force, as a document with a content address.

use footfall_domain::{LocalDate, LogicId, SiteRules};
use serde::Serialize;

/// Everything that decides what a site's hits mean (design, section 1). Its canonical JSON is what is hashed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LogicDocument {
    /// Version of the counting.
    pub fold: u32,
    /// Version of the enrichment's code.
    pub enrich: u32,
    /// Content hash of the enrichment's lists, hexadecimal.
    pub lists: String,
    /// The site's own rules.
    pub rules: RulesOfDay,
}

/// A site's rules as they are on one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RulesOfDay {
    /// See [`SiteRules`].
    pub keep_parameters: Vec<String>,
    /// What is left out ([`footfall_domain::exclusion::InForce::said`]). Absent where nothing is, as before there were such rules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<String>,
}

impl LogicDocument {
    /// What this build does on a day under these rules.
    pub fn current(rules: &SiteRules, date: LocalDate) -> Self {
        let lists = footfall_enrich::lists_fingerprint().iter().map(|byte| format!("{byte:02x}")).collect();
        let rules = RulesOfDay { keep_parameters: rules.keep_parameters.clone(), exclusions: rules.exclusions.on(date).said() };
        Self { fold: footfall_fold::FOLD_VERSION, enrich: footfall_enrich::ENRICH_VERSION, lists, rules }
    }

    /// The first 128 bits of the BLAKE3 hash of the canonical JSON.
    pub fn id(&self) -> LogicId {
        let json = serde_json::to_vec(self).expect("numbers and texts serialise");
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::hash(&json).as_bytes()[..16]);
        LogicId(id)
    }
}

/// The content address of the current logic of a site with these rules on a day.
pub fn logic_of(rules: &SiteRules, date: LocalDate) -> LogicId {
    LogicDocument::current(rules, date).id()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::{Excluded, ExclusionKind};

    #[test]
    fn rules_are_part_of_the_logic_of_the_days_they_hold_on() {
        let today = LocalDate(100);
        let mut rules = SiteRules::default();
        let plain = logic_of(&rules, today);
        let json = serde_json::to_string(&LogicDocument::current(&rules, today)).expect("JSON");
        assert!(json.ends_with(r#""rules":{"keep_parameters":[]}}"#), "as it was before there were exclusions: {json}");

        let admin = || Excluded::parse(ExclusionKind::Path, "/admin").expect("a rule");
        let number = rules.exclusions.add(admin(), today).expect("added");
        assert_eq!(logic_of(&rules, today.plus(-1)), plain);
        let with_rule = logic_of(&rules, today);
        assert_ne!(with_rule, plain);
        rules.exclusions.remove(number, today.plus(3)).expect("there");
        assert_eq!(logic_of(&rules, today.plus(3)), plain);
        assert_eq!(logic_of(&rules, today), with_rule, "a past day keeps its logic");
    }
}
