//! A client of DynamoDB: AWS, or any endpoint that speaks like it.

use super::DynamoOptions;
use super::stats::Counters;
use super::tuning::Tuning;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::Arc;

/// What region, credentials and endpoint the options and the environment give.
pub(super) async fn sdk_config(options: &DynamoOptions, tuning: &Tuning) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client(options.endpoint.as_deref()))
        .retry_config(retries(tuning))
        .timeout_config(timeouts(tuning));
    if let Ok(name) = AppName::new("footfall") {
        loader = loader.app_name(name);
    }
    if let Some(region) = &options.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(endpoint) = &options.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    if let Some(credentials) = &tuning.credentials {
        loader = loader.credentials_provider(credentials.clone());
    }
    let config = loader.load().await;
    if config.region().is_none() && options.endpoint.is_some() {
        // Part of a signature, even where nobody asks which.
        return config.into_builder().region(Region::new("us-east-1")).build();
    }
    config
}

pub(super) fn client(config: &SdkConfig, counters: Arc<Counters>) -> Client {
    let builder = aws_sdk_dynamodb::config::Builder::from(config).interceptor(Count(counters));
    Client::from_conf(builder.build())
}

fn http_client(endpoint: Option<&str>) -> SharedHttpClient {
    let builder = aws_smithy_http_client::Builder::new();
    if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) {
        return builder.build_http();
    }
    builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
}

fn retries(tuning: &Tuning) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(tuning.attempts)
        .with_initial_backoff(tuning.first_backoff)
        .with_max_backoff(tuning.longest_backoff)
}

fn timeouts(tuning: &Tuning) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(tuning.connect_timeout)
        .operation_attempt_timeout(tuning.attempt_timeout)
        .operation_timeout(tuning.call_timeout)
        .build()
}

/// Counts attempts, how they end, and answers that ask to come again later.
#[derive(Debug)]
struct Count(Arc<Counters>);

impl Intercept for Count {
    fn name(&self) -> &'static str {
        "footfall-count"
    }

    fn read_before_execution(&self, _: &BeforeSerializationInterceptorContextRef<'_>, _: &mut ConfigBag) -> Result<(), BoxError> {
        Counters::add(&self.0.executions, 1);
        Ok(())
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Counters::add(&self.0.attempts, 1);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.attempted(context.response().map(|response| response.status().as_u16()));
        let refused = context.response().filter(|response| response.status().as_u16() == 400);
        let body = refused.and_then(|response| response.body().bytes());
        if body.is_some_and(asks_to_wait) {
            Counters::add(&self.0.throttled, 1);
        }
        Ok(())
    }
}

fn asks_to_wait(body: &[u8]) -> bool {
    // Bodies of errors are short.
    let text = String::from_utf8_lossy(&body[..body.len().min(2_000)]);
    ["ThrottlingException", "ProvisionedThroughputExceeded", "RequestLimitExceeded", "ThrottlingError"]
        .iter()
        .any(|code| text.contains(code))
}
