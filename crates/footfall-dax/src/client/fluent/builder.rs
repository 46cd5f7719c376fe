//! What all builders have in common.

/// Makes the builder of an operation around the SDK's own input builder.
///
/// Parameters come in four kinds, each with its setter of one thing and its setter of the whole: `text` (anything that
/// becomes a `String`), `value` (the type itself), `map` (by key, one at a time) and `list` (one at a time).
macro_rules! fluent {
    (
        $(#[$doc:meta])*
        $fluent:ident, $method:ident: $module:ident::$operation:ident, $builder:ident;
        $(text $text:ident, $set_text:ident;)*
        $(value $value:ident, $set_value:ident: $value_type:ty;)*
        $(map $map:ident, $set_map:ident: $map_type:ty;)*
        $(list $list:ident, $set_list:ident: $list_type:ty;)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent before send()"]
        pub struct $fluent {
            pub(super) client: $crate::client::Client,
            pub(super) inner: aws_sdk_dynamodb::operation::$module::builders::$builder,
        }

        impl $crate::client::Client {
            $(#[$doc])*
            pub fn $method(&self) -> $fluent {
                $fluent { client: self.clone(), inner: Default::default() }
            }
        }

        impl $fluent {
            /// The parameters so far, as the SDK's own builder.
            pub fn as_input(&self) -> &aws_sdk_dynamodb::operation::$module::builders::$builder {
                &self.inner
            }

            /// Sends the request.
            ///
            /// # Errors
            /// What the service answered, as the SDK gives it; see [`DaxError`](crate::client::DaxError) for the rest.
            pub async fn send(
                self,
            ) -> Result<
                <aws_sdk_dynamodb::operation::$module::$operation as $crate::client::Operation>::Output,
                aws_sdk_dynamodb::error::SdkError<
                    <aws_sdk_dynamodb::operation::$module::$operation as $crate::client::Operation>::Error,
                >,
            > {
                let input = self.inner.build().map_err(aws_sdk_dynamodb::error::SdkError::construction_failure)?;
                self.client.call::<aws_sdk_dynamodb::operation::$module::$operation>(input).await
            }

            $(
                /// As in aws-sdk-dynamodb.
                pub fn $text(mut self, input: impl Into<String>) -> Self {
                    self.inner = self.inner.$text(input);
                    self
                }

                /// As in aws-sdk-dynamodb.
                pub fn $set_text(mut self, input: Option<String>) -> Self {
                    self.inner = self.inner.$set_text(input);
                    self
                }
            )*
            $(
                /// As in aws-sdk-dynamodb.
                pub fn $value(mut self, input: $value_type) -> Self {
                    self.inner = self.inner.$value(input);
                    self
                }

                /// As in aws-sdk-dynamodb.
                pub fn $set_value(mut self, input: Option<$value_type>) -> Self {
                    self.inner = self.inner.$set_value(input);
                    self
                }
            )*
            $(
                /// As in aws-sdk-dynamodb: adds one.
                pub fn $map(mut self, key: impl Into<String>, value: $map_type) -> Self {
                    self.inner = self.inner.$map(key, value);
                    self
                }

                /// As in aws-sdk-dynamodb: sets all.
                pub fn $set_map(mut self, input: Option<std::collections::HashMap<String, $map_type>>) -> Self {
                    self.inner = self.inner.$set_map(input);
                    self
                }
            )*
            $(
                /// As in aws-sdk-dynamodb: adds one.
                pub fn $list(mut self, input: $list_type) -> Self {
                    self.inner = self.inner.$list(input);
                    self
                }

                /// As in aws-sdk-dynamodb: sets all.
                pub fn $set_list(mut self, input: Option<Vec<$list_type>>) -> Self {
                    self.inner = self.inner.$set_list(input);
                    self
                }
            )*
        }
    };
}

/// `ExpressionAttributeNames`, whose values are texts.
macro_rules! names {
    ($($fluent:ident),*) => {$(
        impl $fluent {
            /// As in aws-sdk-dynamodb: adds one.
            pub fn expression_attribute_names(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
                self.inner = self.inner.expression_attribute_names(key, value);
                self
            }

            /// As in aws-sdk-dynamodb: sets all.
            pub fn set_expression_attribute_names(mut self, input: Option<std::collections::HashMap<String, String>>) -> Self {
                self.inner = self.inner.set_expression_attribute_names(input);
                self
            }
        }
    )*};
}

/// `AttributesToGet`, an old-style parameter.
macro_rules! old_attributes {
    ($($fluent:ident),*) => {$(
        impl $fluent {
            /// As in aws-sdk-dynamodb; old style, sent as a projection.
            pub fn attributes_to_get(mut self, input: impl Into<String>) -> Self {
                self.inner = self.inner.attributes_to_get(input);
                self
            }

            /// As in aws-sdk-dynamodb; old style, sent as a projection.
            pub fn set_attributes_to_get(mut self, input: Option<Vec<String>>) -> Self {
                self.inner = self.inner.set_attributes_to_get(input);
                self
            }
        }
    )*};
}
