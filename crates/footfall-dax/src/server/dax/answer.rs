//! A request's bytes to its answer's.

use super::admission::{Admission, Standing};
use super::key::canonical;
use crate::server::Shared;
use crate::server::accept::Ends;
use crate::server::metrics::Front;
use crate::server::tables::Table;
use crate::wire::Method;
use crate::wire::attributes::write_attributes;
use crate::wire::cbor::Writer;
use crate::wire::error::{DynamoError, WireError};
use crate::wire::error_frame::{encode_error, encode_error_without_items};
use crate::wire::model::{Query, Request, Response, Scan, Select};
use crate::wire::names::{EMPTY_LIST, Names as _, list_id_of};
use crate::wire::requests::{Control, Preamble, RawData, RawRequest, read_request};
use crate::wire::responses::{Endpoint, Role, encode_endpoints, encode_key_schema, encode_list, encode_list_id, encode_response};
use std::sync::Arc;
use std::time::Instant;

/// An answer whose encoder still misses something after so many rounds will never be written.
const ROUNDS: u32 = 100;

/// What Amazon's clients for Go call themselves: `DaxGoV2Client-1.0.3`, `DaxGoClient-1.2.14`.
const GO_CLIENT: &str = "DaxGo";
/// The one that is known to leave out `ALL_ATTRIBUTES` and nothing else.
const GO_CLIENT_KNOWN: &str = "DaxGoV2Client-1.0.3";

/// What a client means by the `Select` it sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum SaysSelect {
    /// What it says.
    Plainly,
    /// By `ALL_ATTRIBUTES` what its caller said, or that he said nothing.
    Doubtfully,
    /// By `ALL_ATTRIBUTES` that its caller said nothing, and by nothing that he said `ALL_ATTRIBUTES`.
    TheOtherWayRound,
}

impl SaysSelect {
    fn of(user_agent: Option<&str>) -> Self {
        match user_agent.unwrap_or_default() {
            GO_CLIENT_KNOWN => Self::TheOtherWayRound,
            agent if agent.starts_with(GO_CLIENT) => Self::Doubtfully,
            _ => Self::Plainly,
        }
    }

    /// Puts into a request what was meant: DynamoDB refuses all attributes together with a projection, and of an index
    /// that does not hold them.
    fn understand(self, request: &mut Request) {
        let (Request::Query(Query { options, .. }) | Request::Scan(Scan { options, .. })) = request else { return };
        options.select = match (self, options.select) {
            (Self::Doubtfully | Self::TheOtherWayRound, Some(Select::AllAttributes)) => None,
            (Self::TheOtherWayRound, None) => Some(Select::AllAttributes),
            (_, said) => said,
        };
    }
}

/// Answers the requests of one connection.
pub(super) struct Answerer<'a> {
    shared: &'a Arc<Shared>,
    ends: Ends,
    admission: Admission,
    says_select: SaysSelect,
}

impl<'a> Answerer<'a> {
    pub(super) fn new(shared: &'a Arc<Shared>, ends: Ends, preamble: &Preamble) -> Self {
        let says_select = SaysSelect::of(preamble.user_agent.as_deref());
        Self { shared, ends, admission: Admission::default(), says_select }
    }

    /// What is due to the peer now.
    pub(super) fn standing(&self) -> Standing {
        self.admission.standing(self.shared)
    }

    /// Writes the answer to one request; nothing for those that have none.
    ///
    /// # Errors
    /// The request is not what its frame promised: the connection is of no use any more.
    pub(super) async fn answer(&mut self, frame: &[u8], out: &mut Writer) -> Result<(), WireError> {
        let request = match read_request(frame)? {
            (RawRequest::Control(Control::Authorize(signed)), _) => {
                self.admission.authorize(signed, self.shared);
                return Ok(());
            }
            (request, length) if length == frame.len() => request,
            _ => return Err(WireError::malformed("a request ends before its frame")),
        };
        let counts = self.shared.metrics.front(Front::Dax);
        let started = Instant::now();
        let answered = if self.standing() == Standing::Admitted {
            match request {
                RawRequest::Control(control) => self.control(control, out).await,
                RawRequest::Data(data) => self.data(&data, out).await,
            }
        } else {
            Err(Admission::refuse(self.shared))
        };
        if let Err(error) = answered {
            counts.failed_requests.add(1);
            encode_error_without_items(&error, out);
        }
        counts.requests.add(1);
        counts.seconds.observe(started.elapsed());
        Ok(())
    }

    async fn control(&self, control: Control, out: &mut Writer) -> Result<(), DynamoError> {
        match control {
            Control::Authorize(_) => {}
            Control::Endpoints => encode_endpoints(&[self.endpoint()], out),
            Control::DefineKeySchema { table } => encode_key_schema(&self.shared.service.tables.get(&table).await?.schema, out),
            Control::DefineAttributeList { id } => match self.shared.names.list(id) {
                Some(names) => encode_list(&names, out),
                None => return Err(refusal(&WireError::UnknownList(id))),
            },
            Control::DefineAttributeListId { names } => {
                let id = list_id_of(&names);
                if id != EMPTY_LIST && self.shared.names.list(id).is_none_or(|known| *known != *names) {
                    self.shared.names.register(vec![names]).await?;
                }
                encode_list_id(id, out);
            }
        }
        Ok(())
    }

    /// This server is its whole cluster. It is where it was reached, unless that is only a way to it.
    fn endpoint(&self) -> Endpoint {
        let address = self.shared.config.advertise.unwrap_or(self.ends.local);
        let ip = address.ip().to_canonical();
        Endpoint {
            node: 1,
            hostname: ip.to_string(),
            address: ip,
            port: address.port(),
            role: Role::Leader,
            zone: format!("{}a", self.shared.config.region),
            leader_session: Some(1),
        }
    }

    async fn data(&self, data: &RawData<'_>, out: &mut Writer) -> Result<(), DynamoError> {
        let tables = &self.shared.service.tables;
        if let RawData::Item { method: Method::GetItem, table, key, options, .. } = data {
            let table = tables.get(table).await?;
            if options.consistent != Some(true) && options.projection.is_none() && self.hit(key, &table, out) {
                return Ok(());
            }
        } else {
            for table in data.tables() {
                tables.get(table).await?;
            }
        }
        let mut request = data.resolve(&self.shared.names).map_err(|error| refusal(&error))?;
        self.says_select.understand(&mut request);
        let request = Arc::new(request);
        match self.shared.service.handle(&request, Front::Dax).await {
            Ok(response) => self.encode(&request, &response, out).await,
            Err(error) => self.encode_refusal(&request, error, out).await,
        }
    }

    /// Answers a plain read of what is cached without making anything but the answer; false when it is not there.
    fn hit(&self, key: &[u8], table: &Table, out: &mut Writer) -> bool {
        let Ok(key) = canonical(key, &table.schema) else { return false };
        let Some(entry) = self.shared.service.peek(table, &key) else { return false };
        let attributes = match &entry {
            None => None,
            Some(cached) => match cached.attributes.get() {
                Some(bytes) => Some(bytes),
                None => {
                    let mut bytes = Writer::new();
                    if write_attributes(&cached.item, &table.schema, &self.shared.names, &mut bytes).is_err() {
                        // Their list has no number yet: it gets one on the long way.
                        return false;
                    }
                    Some(cached.attributes.get_or_init(|| bytes.into_bytes().into()))
                }
            },
        };
        self.shared.service.count_hit(Front::Dax, attributes.is_none());
        out.array(0);
        out.map(usize::from(attributes.is_some()));
        if let Some(bytes) = attributes {
            out.uint(0);
            out.raw(bytes);
        }
        true
    }

    async fn encode(&self, request: &Request, response: &Response, out: &mut Writer) -> Result<(), DynamoError> {
        for _ in 0..ROUNDS {
            match encode_response(request, response, &self.shared.names, out) {
                Ok(()) => return Ok(()),
                Err(missing) => self.shared.names.learn(missing, request, Some(response)).await?,
            }
        }
        Err(DynamoError::internal("the answer cannot be written"))
    }

    async fn encode_refusal(&self, request: &Request, error: DynamoError, out: &mut Writer) -> Result<(), DynamoError> {
        for _ in 0..ROUNDS {
            let Err(missing) = encode_error(&error, Some(request), &self.shared.names, out) else {
                self.shared.metrics.front(Front::Dax).failed_requests.add(1);
                return Ok(());
            };
            if self.shared.names.learn(missing, request, None).await.is_err() {
                break;
            }
        }
        // Without the items of its reasons it can always be written.
        Err(error)
    }
}

/// What a caller is told about bytes.
pub(super) fn refusal(error: &WireError) -> DynamoError {
    match error {
        WireError::Invalid(words) => DynamoError::validation(words.clone()),
        other => DynamoError::validation(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::model::ReadOptions;

    fn meant(agent: &str, select: Option<Select>) -> Option<Select> {
        let mut request = Request::Scan(Scan { options: ReadOptions { select, ..ReadOptions::default() }, ..Scan::default() });
        SaysSelect::of(Some(agent)).understand(&mut request);
        let Request::Scan(scan) = request else { panic!("a scan") };
        scan.options.select
    }

    #[test]
    fn a_client_that_says_all_attributes_for_nothing_and_nothing_for_all_is_understood() {
        let (nothing, all, count) = (None, Some(Select::AllAttributes), Some(Select::Count));
        for (agent, meanings) in [
            ("DaxGoV2Client-1.0.3", [all, nothing, count]),
            ("DaxGoV2Client-1.0.4", [nothing, nothing, count]),
            ("DaxGoClient-1.2.14", [nothing, nothing, count]),
            ("DaxPythonClient-2.1.0", [nothing, all, count]),
        ] {
            assert_eq!([nothing, all, count].map(|select| meant(agent, select)), meanings, "{agent}");
        }
    }
}
