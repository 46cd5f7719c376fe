//! A DAX server in front of a DynamoDB endpoint, for trying clients:
//! `dax_server LISTEN ENDPOINT [LISTS_FILE]`, such as `dax_server 127.0.0.1:8111 http://127.0.0.1:8000`.
//!
//! Nobody is asked for a key, so it listens on loopback only. Requests to DynamoDB are signed with `AWS_ACCESS_KEY_ID`,
//! `AWS_SECRET_ACCESS_KEY` and `AWS_REGION`, or with words that a local DynamoDB takes.

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use footfall_dax::server::{Config, Server};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(listen), Some(endpoint)) = (arguments.next(), arguments.next()) else {
        return Err("usage: dax_server LISTEN ENDPOINT [LISTS_FILE]".into());
    };
    let variable = |name: &str, otherwise: &str| std::env::var(name).unwrap_or_else(|_| otherwise.to_owned());
    let credentials =
        Credentials::new(variable("AWS_ACCESS_KEY_ID", "local"), variable("AWS_SECRET_ACCESS_KEY", "local"), None, None, "environment");
    let region = variable("AWS_REGION", "us-east-1");
    let mut config = Config::new(listen.parse()?, endpoint, region, SharedCredentialsProvider::new(credentials));
    config.lists_file = arguments.next().map(Into::into);
    let server = Server::start(config).await?;
    println!("dax://{}", server.local_addr());
    tokio::signal::ctrl_c().await?;
    server.stop().await;
    Ok(())
}
