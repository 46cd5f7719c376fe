//! User agents: a machine, or a person's browser, system and device.

mod browser;
mod cache;
mod device;
mod machines;
mod system;

pub(crate) use cache::Cache;
use footfall_domain::Machine;

/// How much of a user agent is read. Longer ones exist only to be a nuisance, and what is beyond names nothing.
const LONGEST: usize = 1_024;

/// What a user agent says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reading {
    /// Nobody: a program.
    Machine(Machine),
    /// Somebody.
    Person(Person),
}

/// What a person's user agent says. Missing parts hold their label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Person {
    pub browser: Box<str>,
    pub browser_version: Box<str>,
    pub os: Box<str>,
    pub os_version: Box<str>,
    pub device: &'static str,
}

/// Reads a user agent, from the lists alone.
fn read(user_agent: &str) -> Reading {
    if let Some(machine) = machines::find(user_agent) {
        return Reading::Machine(machine);
    }
    let device = device::class(user_agent);
    let (browser, browser_version) = browser::read(user_agent);
    let (os, os_version) = system::read(user_agent, device);
    Reading::Person(Person { browser, browser_version, os, os_version, device })
}

/// The part of a user agent that is read.
fn readable(user_agent: &str) -> &str {
    let user_agent = user_agent.trim();
    &user_agent[..user_agent.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests;
