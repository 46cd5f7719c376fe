//! Every list there is, each as a file.

use super::tables::{of_tab, over_time};
use crate::details::{DetailsState, seen_properties};
use crate::panels::{List, Panel};
use crate::site_page::{Asker, PageState};
use footfall_query::RunError;

/// The most properties that have a file: the most seen. Anybody can send hits with any number of them.
const MOST_PROPERTIES: usize = 50;
/// The longest name of a property in the name of a file, characters.
const LONGEST: usize = 60;

/// Every list of a page: the name of a file and its text. Each list is that of its tab, whatever the filters: a file is
/// called after what is in it.
///
/// # Errors
/// The numbers could not be read.
pub async fn lists(asker: &Asker<'_>, state: &PageState) -> Result<Vec<(String, String)>, RunError> {
    let mut files = vec![("time.csv".to_owned(), over_time(asker, state).await?)];
    // One after the other: each holds its rows only until they are written.
    let tabs: Vec<_> = Panel::ALL.into_iter().flat_map(|panel| panel.tabs().iter().map(move |tab| (panel, tab))).collect();
    for (panel, tab) in tabs {
        let of_countries = tab.list == List::Map;
        let of_nothing = tab.list == List::Goals && asker.site.goals.is_empty();
        if !of_countries && !of_nothing && tab.list != List::Property {
            let list = DetailsState::new(panel, state.with_tab(panel, tab.name));
            files.push((format!("{}_{}.csv", panel.name(), tab.name), of_tab(asker, &list).await?));
        }
    }
    for property in seen_properties(asker, state).await?.into_iter().take(MOST_PROPERTIES) {
        let list = DetailsState::new(Panel::Properties, state.with_tab(Panel::Properties, &property));
        let name = free_name(&property, &files);
        files.push((name, of_tab(asker, &list).await?));
    }
    Ok(files)
}

/// `properties_author.csv`. Who sends a hit chooses the property's name, and must not choose where a file is put: what is
/// no letter, digit, hyphen or underscore becomes one, and a name that is taken gets a number.
fn free_name(property: &str, files: &[(String, String)]) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let base: String = property.chars().take(LONGEST).map(plain).collect();
    // Some systems take upper and lower case for the same.
    let taken = |name: &String| files.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|n: usize| format!("properties_{base}_{n}.csv"));
    std::iter::once(format!("properties_{base}.csv")).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_chooses_no_folder() {
        let mut files = Vec::new();
        for (property, name) in [
            ("author", "properties_author.csv"),
            ("../../etc/passwd", "properties_______etc_passwd.csv"),
            ("C:\\a\n", "properties_C__a_.csv"),
            ("Author", "properties_Author_2.csv"),
            ("größe", "properties_größe.csv"),
        ] {
            let given = free_name(property, &files);
            assert_eq!(given, name, "{property:?}");
            files.push((given, String::new()));
        }
        assert!(free_name(&"x".repeat(300), &files).len() < 100);
    }
}
