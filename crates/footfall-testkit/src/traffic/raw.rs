//! Made-up people as raw hits: what the log keeps, before anybody has thought about it.

use super::people::{Deed, Step, steps};
use super::plan::Plan;
use super::words::{AGENTS, HOSTS, LANGUAGES, MACHINES, ORIGINS, PLACES, SCREENS};
use crate::Dice;
use footfall_domain::{Feed, Hit, HitId, Place, Revenue, SiteCalendar, SiteId, VisitorId};

/// The hits of a plan and a seed, for the site of the plan, in the order in which they arrive. A few are of machines.
pub fn raw_hits(plan: &Plan, seed: u64) -> Vec<Hit> {
    let mut dice = Dice::of_seed(seed);
    let calendar = plan.calendar();
    let site = plan.site().id;
    let people = steps(plan, &mut dice);
    people.iter().map(|step| hit(step, site, &calendar, &mut dice)).collect()
}

fn hit(step: &Step, site: SiteId, calendar: &SiteCalendar, dice: &mut Dice) -> Hit {
    let moment = calendar.moment(step.time);
    let is_machine = step.id.is_multiple_of(50);
    let (name, interactive) = match step.deed {
        Deed::View => ("pageview", true),
        Deed::Event { name, interactive } => (name, interactive),
        Deed::Engagement { .. } => ("engagement", true),
    };
    let (engaged_ms, scroll_depth) = match step.deed {
        Deed::Engagement { engaged_ms, scroll_depth } => (engaged_ms, scroll_depth),
        _ => (None, None),
    };
    let [country, region, city] = PLACES[step.place].map(str::to_owned);
    let width = SCREENS[step.screen].1;
    Hit {
        id: HitId(step.id),
        site,
        time: step.time,
        date: moment.date,
        offset_seconds: moment.offset_seconds,
        visitor: VisitorId(step.visitor(calendar)),
        feed: step.feed,
        name: name.to_owned(),
        url: url(step),
        referrer: referrer(step, dice),
        user_agent: if is_machine { (*dice.pick(MACHINES)).to_owned() } else { AGENTS[step.agent].user_agent.to_owned() },
        language: LANGUAGES[step.language].to_owned(),
        props: step.props.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        interactive,
        hash_routing: false,
        engaged_ms,
        scroll_depth,
        screen_width: (width > 0 && step.feed != Feed::Log).then_some(width),
        revenue: step.money().map(|(amount, currency)| Revenue { amount: amount.to_owned(), currency: currency.to_owned() }),
        place: Place { country, region, city },
        address_rules: Vec::new(),
    }
}

fn url(step: &Step) -> String {
    let query = ORIGINS[step.origin].query;
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{}{mark}{query}", start_of_url(step), step.page.sent)
}

/// Where the visit came from, or the page before on the same site.
fn referrer(step: &Step, dice: &mut Dice) -> String {
    match ORIGINS[step.origin].referrer {
        "" if dice.chance(50) => format!("{}/", start_of_url(step)),
        referrer => referrer.to_owned(),
    }
}

/// Scheme and host; an app's page has none.
fn start_of_url(step: &Step) -> String {
    match HOSTS[step.host] {
        "" => "app://".to_owned(),
        host => format!("https://www.{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_hits_are_the_same_people_as_the_events() {
        for plan in [Plan::ordinary(), Plan::moving()] {
            let raw = raw_hits(&plan, 3);
            let events = crate::traffic::Traffic::of(&plan, 3).plain_hits();
            let count = |of: Vec<(u128, i64, u64)>| {
                let mut of = of;
                of.sort_unstable();
                of
            };
            assert_eq!(
                count(raw.iter().map(|hit| (hit.id.0, hit.time.0, hit.visitor.0)).collect()),
                count(events.iter().map(|hit| (hit.id, hit.time, hit.visitor)).collect())
            );
            assert!(raw.iter().all(|hit| hit.url.len() <= 2000));
            assert!(raw.iter().any(|hit| hit.user_agent.contains("bot")));
        }
    }
}
