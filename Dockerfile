# Footfall in a container: built whole, then copied alone. Both base images can be replaced:
#   docker build --build-arg BUILD_IMAGE=… --build-arg RUN_IMAGE=… .
ARG BUILD_IMAGE=rust:1.95-bookworm
ARG RUN_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
ENV CARGO_TARGET_DIR=/target
RUN cargo xtask build --release && cp /target/release/footfall /footfall

FROM ${RUN_IMAGE}
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin footfall && mkdir /data && chown footfall /data
COPY --from=build /footfall /usr/local/bin/footfall
USER footfall
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENV FOOTFALL_DATA=/data FOOTFALL_LISTEN=0.0.0.0:8000
ENTRYPOINT ["footfall"]
CMD ["serve"]
