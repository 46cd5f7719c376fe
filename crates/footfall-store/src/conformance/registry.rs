//! What every registry does.

mod audit;
mod lexicon;
mod notes;
mod people;
mod secrets;
mod sharing;
mod sites;
mod teams;
mod whole;

use audit::*;
use lexicon::*;
use notes::*;
use people::*;
use secrets::*;
use sharing::*;
use sites::*;
use teams::*;
use whole::*;

use super::Home;
use crate::{KeyScope, NewKey};
use footfall_domain::{SiteId, UnixMillis};

/// All behaviours, each in a home of its own.
pub async fn registry<H: Home>(home: impl Fn() -> H) {
    sites_are_added_changed_and_removed(&mut home()).await;
    numbers_of_sites_are_never_given_twice(&mut home()).await;
    a_reset_site_begins_empty_and_keeps_its_settings_and_keys(&mut home()).await;
    a_site_belongs_to_who_adds_it(&mut home()).await;
    a_site_is_changed_by_who_read_it_last(&mut home()).await;
    of_many_who_change_a_site_one_wins(&mut home()).await;
    of_many_who_take_a_name_one_gets_it(&mut home()).await;
    what_belongs_to_a_site_stays_when_it_is_emptied(&mut home()).await;
    removed_numbers_are_remembered(&mut home()).await;
    counts_of_removed_numbers_are_forgotten(&mut home()).await;
    users_are_added_changed_and_removed(&mut home()).await;
    administrators_are_made_and_unmade(&mut home()).await;
    all_sign_ins_of_a_user_end_at_once(&mut home()).await;
    sign_ins_end(&mut home()).await;
    keys_are_found_by_their_hash(&mut home()).await;
    a_key_goes_with_its_owner(&mut home()).await;
    teams_are_added_changed_and_removed(&mut home()).await;
    of_many_who_change_a_team_one_wins(&mut home()).await;
    the_audit_log_is_read_backwards_in_pages(&mut home()).await;
    the_audit_log_outlives_a_site(&mut home()).await;
    old_entries_of_the_audit_log_are_forgotten(&mut home()).await;
    a_day_has_one_secret_until_it_is_destroyed(&mut home()).await;
    everybody_gets_the_same_secret(&mut home()).await;
    uses_of_secrets_are_remembered(&mut home()).await;
    imports_remember_how_far_they_came(&mut home()).await;
    refusals_add_up(&mut home()).await;
    a_lexicon_is_replaced_by_who_read_it_last(&mut home()).await;
    a_lexicon_goes_where_its_site_goes(&mut home()).await;
    preferences_are_their_users(&mut home()).await;
    settings_are_put_and_read(&mut home()).await;
    all_of_it_can_be_moved(&mut home()).await;
    a_change_of_who_may_what_is_noticed(&mut home()).await;
    a_change_of_sites_is_noticed(&mut home()).await;
    all_of_it_is_there_after_a_restart(&mut home()).await;
}

/// Later than any real time, so that a store that forgets what has ended does not while a test runs.
const NOW: UnixMillis = UnixMillis(2_200_000_000_000);

fn new_key(n: u8, site: Option<SiteId>) -> NewKey {
    NewKey { hash: [n; 32], site, scope: KeyScope::Stats, name: format!("key {n}"), created: NOW, owner: None }
}
