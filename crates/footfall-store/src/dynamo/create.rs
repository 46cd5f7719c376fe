//! Making a table, and knowing one again.

use super::item::{Item, Name, bytes, get_bytes, get_number, number};
use super::options::TableName;
use super::seal::Sealer;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::{Failure, names};
use crate::StoreError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, TableDescription, TableStatus,
    TimeToLiveSpecification, TimeToLiveStatus,
};
use std::time::Duration;

/// The layout this program writes (docs/formats/dynamodb.md). 2: with a site goes who may see it, and not every user is an
/// administrator. What a program of layout 1 would not know, it would not heed, and would lose with the next change of a site.
pub(super) const LAYOUT: u32 = 2;
/// The oldest layout this program reads: what its rows lack is as it was then.
const OLDEST: u32 = 1;
/// Sealed in the layout row, so that another key is noticed before a secret is needed.
pub(super) const KEY_CHECK: (&str, &[u8]) = ("key check", b"footfall");
/// How long a table may take until it can be used.
const PATIENCE: u32 = 120;

/// What became of a table that was to be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Created {
    /// It is new.
    Made,
    /// It was there already, laid out as Footfall's.
    Existed,
}

impl Table {
    /// Makes the table, or finds it.
    pub async fn create(&self, sealer: &Sealer) -> Result<Created, StoreError> {
        TableName::new(&self.name)?;
        let created = match self.describe().await {
            Ok(_) => Created::Existed,
            Err(StoreError::NoTable { .. }) => self.make().await?,
            Err(error) => return Err(error),
        };
        if created == Created::Made {
            self.is_known().await?;
        }
        self.ready().await?;
        self.enable_expiry().await?;
        self.know(sealer).await?;
        Ok(created)
    }

    /// Checks that the table is there and Footfall's, and that the key opens its secrets.
    pub async fn check(&self, sealer: &Sealer) -> Result<(), StoreError> {
        self.ready().await?;
        self.know(sealer).await?;
        if !self.expires().await? {
            tracing::warn!(
                table = self.name,
                "time to live is not enabled on the attribute 'ttl' of the table: what has expired is never shown, but stays and is paid for"
            );
        }
        Ok(())
    }

    async fn make(&self) -> Result<Created, StoreError> {
        let wrong = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Unavailable(error.to_string());
        let mut call = self.client.create_table().table_name(&self.name).billing_mode(BillingMode::PayPerRequest);
        for (name, role) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
            let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
            call = call.attribute_definitions(attribute.build().map_err(wrong)?);
            call = call.key_schema(KeySchemaElement::builder().attribute_name(name).key_type(role).build().map_err(wrong)?);
        }
        match call.send().await {
            Ok(_) => Ok(Created::Made),
            // Somebody else was faster.
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_in_use_exception()) => Ok(Created::Existed),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Waits until a table just made can be described: who is asked may not know it yet.
    async fn is_known(&self) -> Result<(), StoreError> {
        let mut described = self.describe().await;
        for _ in 0..PATIENCE {
            if !matches!(described, Err(StoreError::NoTable { .. })) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
            described = self.describe().await;
        }
        described.map(|_| ())
    }

    /// Waits until a table that is being made can be used, and checks its keys.
    pub(super) async fn ready(&self) -> Result<(), StoreError> {
        for _ in 0..PATIENCE {
            let table = self.describe().await?;
            match table.table_status() {
                Some(TableStatus::Active | TableStatus::Updating) => return self.has_our_keys(&table),
                Some(TableStatus::Creating) => tokio::time::sleep(Duration::from_millis(500)).await,
                other => {
                    let status = other.map_or("UNKNOWN", TableStatus::as_str);
                    return Err(StoreError::Unavailable(format!("the DynamoDB table '{}' is {status}", self.name)));
                }
            }
        }
        Err(StoreError::Unavailable(format!("the DynamoDB table '{}' is still being made", self.name)))
    }

    async fn describe(&self) -> Result<TableDescription, StoreError> {
        let answer = self.client.describe_table().table_name(&self.name).send().await;
        let table = answer.map_err(|error| self.failed(&error))?.table;
        table.ok_or_else(|| StoreError::Unavailable("DynamoDB describes no table".to_owned()))
    }

    fn has_our_keys(&self, table: &TableDescription) -> Result<(), StoreError> {
        let keys: Vec<_> = table.key_schema().iter().map(|key| (key.attribute_name(), key.key_type())).collect();
        let texts = table.attribute_definitions().iter().filter(|attribute| {
            ["pk", "sk"].contains(&attribute.attribute_name()) && *attribute.attribute_type() == ScalarAttributeType::S
        });
        if keys != [("pk", &KeyType::Hash), ("sk", &KeyType::Range)] || texts.count() != 2 {
            return Err(self.other("its keys are not the texts 'pk' and 'sk'"));
        }
        Ok(())
    }

    /// Reads the layout row, or writes it into a table that is empty.
    pub(super) async fn know(&self, sealer: &Sealer) -> Result<(), StoreError> {
        if let Some(row) = self.get(Kind::Registry, &names::layout(), None).await? {
            let found = self.read_layout(&row, sealer)?;
            return self.raise_layout(found).await;
        }
        if !self.is_empty().await? {
            return Err(self.other("it has items, but no layout row"));
        }
        let mut row = names::layout().item();
        row.insert("v".to_owned(), number(LAYOUT));
        row.insert("c".to_owned(), bytes(sealer.seal(KEY_CHECK.0, KEY_CHECK.1)?));
        match self.put(Kind::Registry, row, Some(Expression::absent())).await {
            Ok(()) => Ok(()),
            // Another instance opened the table in this moment: its key counts.
            Err(Failure::Condition) => match self.get(Kind::Registry, &names::layout(), None).await? {
                Some(row) => self.read_layout(&row, sealer).map(|_| ()),
                None => Err(self.other("its layout row comes and goes")),
            },
            Err(failure) => Err(failure.into()),
        }
    }

    /// Keeps older programs away from a table that has rows they do not know.
    async fn raise_layout(&self, found: u32) -> Result<(), StoreError> {
        if found == LAYOUT {
            return Ok(());
        }
        let update = Expression::new("SET v = :now", [(":now", number(LAYOUT))]);
        let still = Expression::new("v = :found", [(":found", number(found))]);
        match self.update(Kind::Registry, &names::layout(), update, Some(still)).await {
            // A failed condition: another instance was faster.
            Ok(_) | Err(Failure::Condition) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// The version of the table's layout, which this program and key can use.
    fn read_layout(&self, row: &Item, sealer: &Sealer) -> Result<u32, StoreError> {
        let found: u32 = get_number(row, "v").map_err(|_| self.other("its layout row has no version"))?;
        if found > LAYOUT {
            return Err(StoreError::NewerLayout { table: self.name.clone(), found, known: LAYOUT });
        }
        if found < OLDEST {
            return Err(self.other(&format!("its layout row says version {found}, which never was")));
        }
        let check = get_bytes(row, "c").map_err(|_| self.other("its layout row has no check of the key"))?;
        sealer
            .open(KEY_CHECK.0, check)
            .map(|_| found)
            .map_err(|_| StoreError::WrongKey(format!("the table '{}' was made with another key than the one given", self.name)))
    }

    async fn is_empty(&self) -> Result<bool, StoreError> {
        let answer = self.client.scan().table_name(&self.name).limit(1).consistent_read(true).send().await;
        Ok(answer.map_err(|error| self.failed(&error))?.count() == 0)
    }

    async fn expires(&self) -> Result<bool, StoreError> {
        let answer = self.client.describe_time_to_live().table_name(&self.name).send().await;
        let answer = answer.map_err(|error| self.failed(&error))?;
        let Some(expiry) = answer.time_to_live_description else { return Ok(false) };
        let on = matches!(expiry.time_to_live_status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling));
        Ok(on && expiry.attribute_name.as_deref() == Some("ttl"))
    }

    async fn enable_expiry(&self) -> Result<(), StoreError> {
        if self.expires().await? {
            return Ok(());
        }
        let expiry = TimeToLiveSpecification::builder().enabled(true).attribute_name("ttl").build();
        let expiry = expiry.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let answer = self.client.update_time_to_live().table_name(&self.name).time_to_live_specification(expiry).send().await;
        answer.map(|_| ()).map_err(|error| self.failed(&error))
    }

    fn other(&self, why: &str) -> StoreError {
        StoreError::OtherLayout { table: self.name.clone(), why: why.to_owned() }
    }

    /// Deletes the table and all that is in it; for tests and for `store` commands that were asked twice.
    pub async fn destroy(&self) -> Result<(), StoreError> {
        let answer = self.client.delete_table().table_name(&self.name).send().await;
        answer.map(|_| ()).map_err(|error| self.failed(&error))
    }
}

impl Name {
    /// The row with this name and some attributes.
    pub fn row<const N: usize>(&self, attributes: [(&str, aws_sdk_dynamodb::types::AttributeValue); N]) -> Item {
        let mut item = self.item();
        item.extend(attributes.map(|(name, value)| (name.to_owned(), value)));
        item
    }
}
