//! Where the query room reads hits: the open day in memory, closed days from the log, answers from lately.

use crate::closed_cache::{Asked, Needed};
use crate::closed_day::ClosedDay;
use crate::engine::{DayName, Engine, UNPOISONED};
use crate::logic::logic_of;
use crate::open_day::OpenDay;
use crate::site_book::SiteEntry;
use async_trait::async_trait;
use footfall_domain::{LocalDate, SiteId};
use footfall_fold::{Answer, People, Question, Shard};
use footfall_query::{DayHits, HitSource, SourceError, answers_of};
use std::fmt::{self, Write as _};
use std::sync::Arc;

#[async_trait]
impl HitSource for Engine {
    async fn hits(&self, site: SiteId, date: LocalDate) -> Result<Arc<dyn DayHits>, SourceError> {
        if let Some(day) = self.open_day((site, date)) {
            return Ok(day);
        }
        let Some(entry) = self.sites().by_id(site).cloned() else { return Ok(Arc::new(NoHits)) };
        Ok(match self.closed_day(&entry, (site, date)).await? {
            Some(day) => day,
            None => Arc::new(NoHits),
        })
    }

    async fn answers(&self, site: SiteId, date: LocalDate, questions: Vec<Question>) -> Result<Vec<Arc<Answer>>, SourceError> {
        let name = (site, date);
        let Some(entry) = self.sites().by_id(site).cloned() else { return Ok(vec![Arc::default(); questions.len()]) };
        // Before the day is looked for: one that is settled and forgotten meanwhile is not put in after.
        let reading = self.closed.lock().expect(UNPOISONED).reading(name);
        let open = self.open_day(name);
        let logic = open.as_ref().map_or_else(|| logic_of(&entry.site.rules, date), |day| day.logic());
        let asked: Vec<Asked> = questions.iter().map(|question| (name, logic, said_by(question))).collect();
        let mut known: Vec<_> = {
            // What an open day has folded already is needed; of a closed day, what is known to have come.
            let needed = match &open {
                Some(day) => day.through().map(Needed::Through),
                None => Some(self.needed(name)),
            };
            let mut closed = self.closed.lock().expect(UNPOISONED);
            asked.iter().map(|asked| closed.answer(asked, needed?)).collect()
        };
        let missing: Vec<usize> = (0..known.len()).filter(|at| known[*at].is_none()).collect();
        let fresh: Vec<Question> = missing.iter().map(|at| questions[*at].clone()).collect();
        if !fresh.is_empty() {
            // Taken before the day is asked: what comes meanwhile may be in the answers or not.
            let (through, hits): (_, Arc<dyn DayHits>) = match open {
                Some(day) => (day.through(), day),
                None => match self.closed_day(&entry, name).await? {
                    Some(day) => (Some(day.through), day),
                    None => (None, Arc::new(NoHits)),
                },
            };
            let answers = answers_of(hits, fresh).await?;
            let mut closed = self.closed.lock().expect(UNPOISONED);
            for (at, answer) in missing.into_iter().zip(answers) {
                if let Some(through) = through {
                    closed.put_answer(&reading, asked[at], through, answer.clone());
                }
                known[at] = Some(answer);
            }
        }
        Ok(known.into_iter().map(Option::unwrap_or_default).collect())
    }
}

impl Engine {
    fn open_day(&self, name: DayName) -> Option<Arc<OpenDay>> {
        self.open.read().expect(UNPOISONED).get(&name).cloned()
    }

    /// What is known to have come of a closed day.
    fn needed(&self, name: DayName) -> Needed {
        let unsettled = self.unsettled.lock().expect(UNPOISONED);
        unsettled.get(&name).map_or(Needed::Anything, |entry| Needed::Through(entry.last()))
    }

    /// A closed day, folded from the log unless it was lately. Of several questions at once, one folds it for all.
    async fn closed_day(&self, site: &Arc<SiteEntry>, name: DayName) -> Result<Option<Arc<ClosedDay>>, SourceError> {
        let turns = self.reading.len() as u64;
        let _turn = self.reading[(name.0.0.wrapping_add(name.1.0 as u64) % turns) as usize].lock().await;
        let needed = self.needed(name);
        let reading = {
            let mut closed = self.closed.lock().expect(UNPOISONED);
            let logic = logic_of(&site.site.rules, name.1);
            if let Some(day) = closed.get(name, needed).filter(|day| day.logic == logic) {
                return Ok(Some(day));
            }
            closed.reading(name)
        };
        let Some(day) = self.fold_closed(site, name).await.map_err(SourceError::new)? else { return Ok(None) };
        let day = Arc::new(day);
        self.closed.lock().expect(UNPOISONED).put(&reading, day.clone());
        Ok(Some(day))
    }
}

/// The hash of all that a question says.
fn said_by(question: &Question) -> [u8; 32] {
    struct Hash(blake3::Hasher);
    impl fmt::Write for Hash {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut hash = Hash(blake3::Hasher::new());
    // Cannot fail: neither does the hash, nor do the questions' own texts.
    let _ = write!(hash, "{question:?}");
    hash.0.finalize().into()
}

/// A day nobody came.
struct NoHits;

impl DayHits for NoHits {
    fn people(&self) -> People {
        People::Live
    }

    fn scan(&self, _see: &mut dyn FnMut(&Shard)) {}
}
