//! Answers about the cluster, tables' keys and attribute lists.

use super::read_numbered;
use crate::wire::cbor::{Reader, Writer};
use crate::wire::error::WireError;
use crate::wire::error_frame::{ServerError, read_error};
use crate::wire::names::KnownNames;
use crate::wire::value::{KeySchema, KeyType};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A node of a cluster.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Endpoint {
    /// The node's number.
    pub node: i64,
    /// Its name; clients connect to the address.
    pub hostname: String,
    /// Where clients connect to.
    pub address: IpAddr,
    /// And at which port.
    pub port: u16,
    /// What it is in the cluster.
    pub role: Role,
    /// Where it stands; the Python client needs it.
    pub zone: String,
    /// Changes when another node becomes the leader.
    pub leader_session: Option<i64>,
}

/// What a node is in its cluster.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Takes writes (and reads).
    Leader,
    /// Takes reads; clients may send it writes too.
    Replica,
}

/// The keys of an endpoint's map.
mod key {
    pub const NODE: u64 = 0;
    pub const HOSTNAME: u64 = 1;
    pub const ADDRESS: u64 = 2;
    pub const PORT: u64 = 3;
    pub const ROLE: u64 = 4;
    pub const ZONE: u64 = 5;
    pub const LEADER_SESSION: u64 = 6;
}

/// Writes the whole answer to `endpoints`.
pub fn encode_endpoints(endpoints: &[Endpoint], to: &mut Writer) {
    to.array(0);
    to.array(endpoints.len());
    for endpoint in endpoints {
        to.map(6 + usize::from(endpoint.leader_session.is_some()));
        to.uint(key::NODE);
        to.int(endpoint.node);
        to.uint(key::HOSTNAME);
        to.text(&endpoint.hostname);
        to.uint(key::ADDRESS);
        match endpoint.address {
            IpAddr::V4(address) => to.byte_string(&address.octets()),
            IpAddr::V6(address) => to.byte_string(&address.octets()),
        }
        to.uint(key::PORT);
        to.uint(endpoint.port.into());
        to.uint(key::ROLE);
        to.uint(if endpoint.role == Role::Leader { 1 } else { 2 });
        to.uint(key::ZONE);
        to.text(&endpoint.zone);
        if let Some(session) = endpoint.leader_session {
            to.uint(key::LEADER_SESSION);
            to.int(session);
        }
    }
}

/// Reads the whole answer to `endpoints`.
///
/// # Errors
/// It is malformed or incomplete. The inner error is what the server answered with.
pub fn decode_endpoints(bytes: &[u8]) -> Result<Result<Vec<Endpoint>, ServerError>, WireError> {
    decode(bytes, |from| {
        let mut endpoints = Vec::new();
        let mut sequence = from.array()?;
        while from.more(&mut sequence)? {
            endpoints.push(read_endpoint(from)?);
        }
        Ok(endpoints)
    })
}

/// Writes the whole answer to `defineKeySchema`.
pub fn encode_key_schema(schema: &KeySchema, to: &mut Writer) {
    to.array(0);
    to.map(schema.attributes());
    for (name, kind) in [Some(&schema.hash), schema.range.as_ref()].into_iter().flatten() {
        to.text(name);
        to.text(match kind {
            KeyType::S => "S",
            KeyType::N => "N",
            KeyType::B => "B",
        });
    }
}

/// Reads the whole answer to `defineKeySchema`.
///
/// # Errors
/// It is malformed or incomplete. The inner error is what the server answered with.
pub fn decode_key_schema(bytes: &[u8]) -> Result<Result<KeySchema, ServerError>, WireError> {
    decode(bytes, |from| {
        let mut parts = Vec::new();
        let mut pairs = from.map()?;
        while from.more(&mut pairs)? {
            let name = from.text()?.into_owned();
            let kind = match &*from.text()? {
                "S" => KeyType::S,
                "N" => KeyType::N,
                "B" => KeyType::B,
                _ => return Err(WireError::malformed("a key's type is S, N or B")),
            };
            parts.push((name, kind));
        }
        let mut parts = parts.into_iter();
        match (parts.next(), parts.next(), parts.next()) {
            (Some(hash), range, None) => Ok(KeySchema { hash, range }),
            _ => Err(WireError::malformed("a key has one or two parts")),
        }
    })
}

/// Writes the whole answer to `defineAttributeListId`.
pub fn encode_list_id(id: u64, to: &mut Writer) {
    to.array(0);
    to.uint(id);
}

/// Reads the whole answer to `defineAttributeListId`.
///
/// # Errors
/// It is malformed or incomplete. The inner error is what the server answered with.
pub fn decode_list_id(bytes: &[u8]) -> Result<Result<u64, ServerError>, WireError> {
    decode(bytes, |from| from.uint())
}

/// Writes the whole answer to `defineAttributeList`.
pub fn encode_list(names: &[String], to: &mut Writer) {
    to.array(0);
    to.array(names.len());
    names.iter().for_each(|name| to.text(name));
}

/// Reads the whole answer to `defineAttributeList`.
///
/// # Errors
/// It is malformed or incomplete. The inner error is what the server answered with.
pub fn decode_list(bytes: &[u8]) -> Result<Result<Vec<String>, ServerError>, WireError> {
    decode(bytes, |from| {
        let mut names = Vec::new();
        let mut sequence = from.array()?;
        while from.more(&mut sequence)? {
            names.push(from.text()?.into_owned());
        }
        Ok(names)
    })
}

fn decode<T>(bytes: &[u8], read: impl Fn(&mut Reader<'_>) -> Result<T, WireError>) -> Result<Result<T, ServerError>, WireError> {
    let mut from = Reader::of_stream(bytes);
    let answer = match read_error(&mut from, None, &KnownNames::default())? {
        Some(error) => Err(error),
        None => Ok(read(&mut from)?),
    };
    from.finish()?;
    Ok(answer)
}

fn read_endpoint(from: &mut Reader<'_>) -> Result<Endpoint, WireError> {
    let mut endpoint = Endpoint {
        node: 0,
        hostname: String::new(),
        address: Ipv4Addr::UNSPECIFIED.into(),
        port: 0,
        role: Role::Replica,
        zone: String::new(),
        leader_session: None,
    };
    read_numbered(from, |key, from| {
        match key {
            key::NODE => endpoint.node = from.int()?,
            key::HOSTNAME => endpoint.hostname = from.text()?.into_owned(),
            key::ADDRESS => endpoint.address = address(&from.byte_string()?)?,
            key::PORT => endpoint.port = u16::try_from(from.uint()?).map_err(|_| WireError::malformed("a port"))?,
            key::ROLE => endpoint.role = role(from.uint()?)?,
            key::ZONE if from.null()? => {}
            key::ZONE => endpoint.zone = from.text()?.into_owned(),
            key::LEADER_SESSION if from.null()? => {}
            key::LEADER_SESSION => endpoint.leader_session = Some(from.int()?),
            _ => from.skip()?,
        }
        Ok(())
    })?;
    if endpoint.address.is_unspecified() || endpoint.port == 0 {
        return Err(WireError::malformed("an endpoint without an address"));
    }
    Ok(endpoint)
}

fn role(number: u64) -> Result<Role, WireError> {
    match number {
        1 => Ok(Role::Leader),
        2 => Ok(Role::Replica),
        _ => Err(WireError::malformed("a node's role is 1 or 2")),
    }
}

fn address(bytes: &[u8]) -> Result<IpAddr, WireError> {
    if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
        return Ok(Ipv4Addr::from(octets).into());
    }
    let octets = <[u8; 16]>::try_from(bytes).map_err(|_| WireError::malformed("an address has 4 or 16 bytes"))?;
    Ok(Ipv6Addr::from(octets).into())
}
