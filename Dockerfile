# syntax=docker/dockerfile:1
# Regimen in a container, host and worker alike: `docker compose up` starts both (compose.yaml).

ARG NODE=24.21.0-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /app
ENV ELECTRON_SKIP_BINARY_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# What was built is said to be current without its sources, which are left behind, as are the libraries that only made it.
RUN node scripts/builds/build.ts --sealed hosts renderer \
  && npm prune --omit=dev --no-audit --no-fund

# Certificates of host and Redis, for as long as nothing better is put in their place.
FROM alpine:3.22 AS certificates
RUN apk add --no-cache "openssl=~3.5"
COPY container/certificates.sh /usr/local/bin/certificates
ENTRYPOINT ["sh", "/usr/local/bin/certificates"]
CMD ["/certs"]

FROM node:${NODE} AS regimen
ENV NODE_ENV=production REGIMEN_WORKSPACE=/workspace REGIMEN_HOME=/home/node/.regimen
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/configs ./configs
COPY --from=build /app/main/launch ./main/launch
COPY --from=build /app/out ./out
# Volumes take over whose the folders are that they cover.
RUN ln -s /app/main/launch/regimen.mjs /usr/local/bin/regimen \
  && ln -s /app/main/launch/server.mjs /usr/local/bin/regimen-server \
  && mkdir -p /workspace /home/node/.regimen/worker \
  && chown -R node:node /workspace /home/node/.regimen
# The user "node", by number: what runs it can see that it is not root.
USER 1000
VOLUME ["/workspace", "/home/node/.regimen/worker"]
EXPOSE 4780
STOPSIGNAL SIGTERM
CMD ["regimen-server"]
