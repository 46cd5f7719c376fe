"""Amazon's client for Python, `amazon-dax-client`."""

import logging
import os
import warnings

import amazondax
import shared


def connect(endpoint):
    return amazondax.AmazonDaxClient(endpoint_url=endpoint, region_name="us-east-1", **shared.KEY)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    shared.main(connect)
    # Its threads would keep the program alive.
    os.sys.stdout.flush()
    os._exit(0)
