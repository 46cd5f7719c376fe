//! Slows down guessing: per account and per address, in memory only.
//!
//! What is counted is named by a keyed hash whose key lives as long as the process: neither an address nor an account
//! can be read from memory dumps, and nothing is written to a file or a log.

use footfall_domain::{Entropy, UnixMillis};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

/// Wrong passwords an account may see before it has to wait.
const FREE_PER_ACCOUNT: u32 = 5;
/// Wrong passwords an address may send before it has to wait: more, as several people may share one.
const FREE_PER_ADDRESS: u32 = 20;
/// The first wait; it doubles with each further wrong password.
const FIRST_WAIT_MS: i64 = 2_000;
/// The longest wait. Kept short for the sake of the account's owner, whom a stranger must not lock out for good.
const LONGEST_WAIT_MS: i64 = 5 * 60_000;
/// After that long without a wrong password everything is forgotten.
const FORGET_MS: i64 = 30 * 60_000;
/// The most names remembered; when it is full, the oldest are forgotten. 100,000 take about 6 MB.
const MOST: usize = 100_000;

/// Remembers wrong passwords.
pub struct Throttle {
    key: [u8; 32],
    failures: Mutex<HashMap<[u8; 16], Failures>>,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: UnixMillis,
}

impl Throttle {
    /// Remembers nothing yet.
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut key = [0; 32];
        entropy.fill(&mut key);
        Self { key, failures: Mutex::default() }
    }

    /// Asks to try a password. It is counted as wrong until [`Throttle::succeeded`]: guesses sent side by side must not
    /// slip through together.
    ///
    /// # Errors
    /// How many milliseconds this account or this address has to wait first; then nothing was counted.
    pub fn attempt(&self, account: &str, address: IpAddr, now: UnixMillis) -> Result<(), i64> {
        let mut failures = self.failures.lock().expect("no panic while it was held");
        let names = self.names(account, address);
        let wait = |(name, free): &([u8; 16], u32)| failures.get(name).map_or(0, |seen| seen.wait_ms(*free, now));
        let longest = names.iter().map(wait).max().unwrap_or(0);
        if longest > 0 {
            return Err(longest);
        }
        for (name, _) in names {
            let seen = failures.entry(name).or_insert(Failures { count: 0, last: now });
            let forgotten = now.since(seen.last) > FORGET_MS;
            *seen = Failures { count: if forgotten { 1 } else { seen.count.saturating_add(1) }, last: now };
        }
        if failures.len() > MOST {
            forget(&mut failures, now);
        }
        Ok(())
    }

    /// Notes a right password: the account starts afresh. Of the address only this attempt is forgiven, or one account
    /// of one's own would open the way to guess at others.
    pub fn succeeded(&self, account: &str, address: IpAddr) {
        let mut failures = self.failures.lock().expect("no panic while it was held");
        failures.remove(&self.name(b"account", account.as_bytes()));
        if let Some(seen) = failures.get_mut(&self.name(b"address", &network(address))) {
            seen.count = seen.count.saturating_sub(1);
        }
    }

    fn names(&self, account: &str, address: IpAddr) -> [([u8; 16], u32); 2] {
        [(self.name(b"account", account.as_bytes()), FREE_PER_ACCOUNT), (self.name(b"address", &network(address)), FREE_PER_ADDRESS)]
    }

    fn name(&self, what: &[u8], bytes: &[u8]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(what).update(bytes);
        hasher.finalize().as_bytes()[..16].try_into().expect("16 of 32 bytes")
    }
}

impl Failures {
    fn wait_ms(self, free: u32, now: UnixMillis) -> i64 {
        if self.count < free {
            return 0;
        }
        let doublings = (self.count - free).min(16);
        let wait = (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS);
        (wait - now.since(self.last)).clamp(0, wait)
    }
}

/// Whom an address stands for: whole for IPv4, the /64 for IPv6, where one customer has a whole network.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// Forgets what is over, and if that is not enough, the older half.
fn forget(failures: &mut HashMap<[u8; 16], Failures>, now: UnixMillis) {
    failures.retain(|_, seen| now.since(seen.last) <= FORGET_MS);
    if failures.len() > MOST {
        let mut times: Vec<UnixMillis> = failures.values().map(|seen| seen.last).collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        failures.retain(|_, seen| seen.last > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::SystemEntropy;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 8));

    #[test]
    fn an_account_waits_after_five_wrong_passwords_wherever_they_come_from() {
        let throttle = Throttle::new(&SystemEntropy);
        for _ in 0..5 {
            assert_eq!(throttle.attempt("ada", HERE, NOW), Ok(()));
        }
        assert_eq!(throttle.attempt("ada", THERE, NOW), Err(2_000));
        assert_eq!(throttle.attempt("bob", THERE, NOW), Ok(()));
        assert_eq!(throttle.attempt("ada", THERE, NOW.plus(2_000)), Ok(()));
        assert_eq!(throttle.attempt("ada", THERE, NOW.plus(2_000)), Err(4_000));
        throttle.succeeded("ada", THERE);
        assert_eq!(throttle.attempt("ada", THERE, NOW.plus(2_000)), Ok(()));
    }

    #[test]
    fn an_address_waits_after_twenty_whatever_the_account() {
        let throttle = Throttle::new(&SystemEntropy);
        for n in 0..20 {
            assert_eq!(throttle.attempt(&format!("user{n}"), HERE, NOW), Ok(()));
        }
        assert_eq!(throttle.attempt("somebody", HERE, NOW), Err(2_000));
        assert_eq!(throttle.attempt("somebody", THERE, NOW), Ok(()));
    }

    #[test]
    fn an_account_of_ones_own_does_not_wash_an_address_clean() {
        let throttle = Throttle::new(&SystemEntropy);
        for n in 0..20 {
            assert_eq!(throttle.attempt(&format!("user{n}"), HERE, NOW), Ok(()), "{n}");
            if n % 2 == 0 {
                assert_eq!(throttle.attempt("mine", HERE, NOW), Ok(()));
                throttle.succeeded("mine", HERE);
            }
        }
        assert_eq!(throttle.attempt("somebody", HERE, NOW), Err(2_000));
    }

    #[test]
    fn nobody_is_locked_out_for_more_than_five_minutes_and_all_is_forgotten_after_thirty() {
        let throttle = Throttle::new(&SystemEntropy);
        let mut now = NOW;
        for _ in 0..100 {
            match throttle.attempt("ada", HERE, now) {
                Ok(()) => {}
                Err(wait) => {
                    assert!(wait <= LONGEST_WAIT_MS);
                    now = now.plus(wait);
                }
            }
        }
        let later = now.plus(FORGET_MS + LONGEST_WAIT_MS);
        for _ in 0..5 {
            assert_eq!(throttle.attempt("ada", HERE, later), Ok(()));
        }
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::new(&SystemEntropy);
        for n in 0..60_000 {
            let _ = throttle.attempt(&format!("a{n}"), IpAddr::from(u32::to_be_bytes(n)), NOW.plus(i64::from(n)));
        }
        assert!(throttle.failures.lock().expect("held").len() <= MOST);
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let throttle = Throttle::new(&SystemEntropy);
        for n in 0..20 {
            let address: IpAddr = format!("2001:db8::{n:x}").parse().expect("an address");
            assert_eq!(throttle.attempt(&format!("user{n}"), address, NOW), Ok(()));
        }
        assert!(throttle.attempt("x", "2001:db8::ffff".parse().expect("an address"), NOW).is_err());
    }
}
