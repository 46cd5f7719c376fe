//! The whole registry, read and put back.

use super::counters::{AUDIT, KEY, KEYS_VERSION, PASSWORD, SITE, SITES_VERSION, TEAM};
use super::item::{Item, Name, number};
use super::many::Range;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::{Failure, Inner, audit, counts, keys, lexicons, names, removed, secrets, sites, teams, users};
use crate::{Contents, StoreError};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use footfall_domain::{LocalDate, SiteId};
use std::collections::{BTreeSet, HashMap};

/// Every date there is.
const EVER: std::ops::RangeInclusive<LocalDate> = LocalDate(i32::MIN)..=LocalDate(i32::MAX);

impl Inner {
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        let table = &*self.table;
        let (mut imports, mut refusals, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        // Of sites, of removed ones, and of numbers that are neither.
        for pk in partitions(table).await? {
            if let Some(site) = pk.strip_suffix("#imports").and_then(|site| site.parse().ok()).map(SiteId) {
                imports.extend(counts::imports(table, site).await?.into_iter().map(|(fingerprint, at)| (site, fingerprint, at)));
            }
            if let Some(site) = pk.strip_suffix("#refusals").and_then(|site| site.parse().ok()) {
                let site = (site != 0).then_some(SiteId(site));
                let of_site = counts::refusals(table, site, &EVER).await?;
                refusals.extend(of_site.into_iter().map(|(date, reason, n)| (site, date, reason, n)));
            }
            if pk.ends_with("#audit") {
                entries.extend(audit::of_partition(table, &pk).await?);
            }
        }
        imports.sort_by_key(|(site, fingerprint, _)| (*site, *fingerprint));
        refusals.sort_unstable();
        entries.sort_by_key(|(number, _)| *number);
        Ok(Contents {
            last_site: table.standing(SITE).await?,
            last_key: table.standing(KEY).await?,
            last_team: table.standing(TEAM).await?,
            last_audit: table.standing(AUDIT).await?,
            sites: sites::all(table).await?,
            removed: removed::all(table).await?,
            users: users::all(table).await?,
            keys: keys::all(table).await?,
            sign_ins: users::sign_ins(table).await?,
            secrets: secrets::contents(table, &self.sealer).await?,
            imports,
            refusals,
            lexicons: lexicons::all(table).await?,
            preferences: lexicons::all_preferences(table).await?,
            settings: counts::settings(table).await?,
            teams: teams::all(table).await?,
            audit: entries,
        })
    }

    pub async fn restore(&self, wanted: &Contents) -> Result<(), StoreError> {
        let table = &*self.table;
        let wanted_items = self.items_of(wanted).await?;
        let wanted_names: BTreeSet<&Name> = wanted_items.keys().collect();
        let mut gone = Vec::new();
        for pk in registry_partitions(table).await? {
            let range = Range { projection: Some("pk, sk"), ..Range::all(pk) };
            for item in table.query(Kind::Registry, &range, true).await? {
                let name = Name::of(&item)?;
                if !wanted_names.contains(&name) {
                    gone.push(name);
                }
            }
        }
        table.delete_many(Kind::Registry, gone).await?;
        table.put_many(Kind::Registry, wanted_items.into_values().collect()).await?;
        // Numbers last: with them the copy of the registry is complete.
        let last = [(SITE, wanted.last_site), (KEY, wanted.last_key), (TEAM, wanted.last_team), (AUDIT, wanted.last_audit)];
        for (counter, last) in last {
            raise_to(table, counter, last).await?;
        }
        for counter in [SITES_VERSION, KEYS_VERSION] {
            table.next(counter).await?;
        }
        Ok(())
    }

    /// The items of all rows, but the counters.
    async fn items_of(&self, contents: &Contents) -> Result<HashMap<Name, Item>, StoreError> {
        let mut items = Vec::with_capacity(contents.rows() + contents.sites.len());
        for site in &contents.sites {
            items.push(sites::item(site)?);
            items.push(sites::number_item(site));
        }
        items.extend(contents.removed.iter().map(|row| removed::item(row.id, row.erased)));
        // A user that is there keeps the number of its password, so that a repeated call changes nothing.
        let mut passes = users::passes(&self.table).await?;
        for user in &contents.users {
            let pass = match passes.get(&user.email) {
                Some(pass) => *pass,
                None => self.table.next(PASSWORD).await?,
            };
            passes.insert(user.email.clone(), pass);
            items.push(users::item(user, pass)?);
        }
        for (hash, key) in &contents.keys {
            items.push(keys::item(hash, key)?);
        }
        for (hash, sign_in) in &contents.sign_ins {
            let pass = passes.get(&sign_in.email).copied().unwrap_or_default();
            items.push(users::sign_in_item(hash, sign_in, pass));
        }
        for (row, secret) in &contents.secrets {
            items.push(secrets::item(&self.sealer, row, secret)?);
        }
        items.extend(contents.imports.iter().map(|(site, fingerprint, at)| counts::import_item(*site, fingerprint, *at)));
        items.extend(contents.refusals.iter().map(|(site, date, reason, n)| counts::refusal_item(*site, *date, *reason, *n)));
        for (site, lexicon) in &contents.lexicons {
            items.push(lexicons::item(*site, lexicon)?);
        }
        for (email, preferences) in &contents.preferences {
            items.push(lexicons::preferences_item(email, preferences)?);
        }
        for (name, value) in &contents.settings {
            items.push(counts::setting_item(name, value)?);
        }
        for team in &contents.teams {
            items.push(teams::item(team)?);
        }
        for (number, entry) in &contents.audit {
            items.push(audit::item(*number, entry)?);
        }
        items.into_iter().map(|item| Ok((Name::of(&item)?, item))).collect()
    }
}

/// A counter never goes back.
async fn raise_to(table: &Table, counter: &str, last: u64) -> Result<(), StoreError> {
    let lower = Expression::new("attribute_not_exists(n) OR n < :last", []);
    let update = Expression::new("SET n = :last", [(":last", number(last))]);
    match table.update(Kind::Registry, &names::counter(counter), update, Some(lower)).await {
        Ok(_) | Err(Failure::Condition) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

/// The partitions of the registry, but those of the counters and the layout.
async fn registry_partitions(table: &Table) -> Result<BTreeSet<String>, StoreError> {
    let sites = [names::SITES, "site-numbers", names::REMOVED, names::LEXICONS, names::KEYS];
    let others = [names::USERS, names::TEAMS, names::PREFERENCES, names::SIGN_INS, names::SECRETS, names::SETTINGS];
    let mut all: BTreeSet<String> = sites.iter().chain(&others).map(|&name| name.to_owned()).collect();
    all.extend(partitions(table).await?);
    Ok(all)
}

/// The partitions of imports, refusals and the audit log, whatever number they are of: a scan of the whole table, for copies only.
async fn partitions(table: &Table) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    let mut start = None;
    loop {
        let call = table.client.scan().table_name(&table.name).consistent_read(true).projection_expression("pk");
        let call = call.filter_expression("contains(pk, :imports) OR contains(pk, :refusals) OR contains(pk, :audit)");
        let call = call.expression_attribute_values(":imports", AttributeValue::S("#imports".to_owned()));
        let call = call.expression_attribute_values(":refusals", AttributeValue::S("#refusals".to_owned()));
        let call = call.expression_attribute_values(":audit", AttributeValue::S("#audit".to_owned()));
        let answer = call.set_exclusive_start_key(start).return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
        let answer = answer.map_err(|error| table.failed(&error))?;
        table.counters.read(Kind::Registry, answer.consumed_capacity().and_then(|units| units.capacity_units()));
        for item in answer.items.unwrap_or_default() {
            found.insert(super::item::get_text(&item, "pk")?.to_owned());
        }
        match answer.last_evaluated_key {
            Some(last) if !last.is_empty() => start = Some(last),
            _ => return Ok(found),
        }
    }
}
