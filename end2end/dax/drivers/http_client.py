"""boto3 against an endpoint: DynamoDB Local itself, or our HTTP side."""

import boto3
import shared
from botocore.config import Config


def connect(endpoint):
    # What the client would refuse by itself, DynamoDB shall refuse.
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
    return boto3.client("dynamodb", endpoint_url=endpoint, region_name="us-east-1", config=config, **shared.KEY)


if __name__ == "__main__":
    shared.main(connect)
