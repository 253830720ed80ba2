# One file, three targets: api, worker, dashboard. Sources run as they are; only the dashboard is built.
FROM node:24-bookworm-slim AS base
WORKDIR /rollcall
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1

FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/worker/package.json apps/worker/
COPY apps/dashboard/package.json apps/dashboard/
COPY libs/access-graph/package.json libs/access-graph/
COPY libs/api-router/package.json libs/api-router/
COPY libs/connectors/package.json libs/connectors/
COPY libs/framework-mapping/package.json libs/framework-mapping/
COPY libs/jobs/package.json libs/jobs/
COPY libs/lifecycle/package.json libs/lifecycle/
COPY libs/nhi-model/package.json libs/nhi-model/
COPY libs/persistence/package.json libs/persistence/
COPY libs/platform/package.json libs/platform/
COPY libs/posture-pipeline/package.json libs/posture-pipeline/
COPY libs/rest-client/package.json libs/rest-client/
COPY libs/risk-scoring/package.json libs/risk-scoring/

FROM manifests AS build
RUN npm ci --no-audit --no-fund
COPY . .
# Generating the client needs no schema engine; naming a program keeps Prisma from fetching one.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npx prisma generate
RUN cd apps/dashboard && NODE_ENV=production npx next build

FROM manifests AS runtime-packages
RUN npm ci --omit=dev --no-audit --no-fund

FROM base AS server
ENV NODE_ENV=production NODE_OPTIONS=--disable-warning=ExperimentalWarning
COPY --from=runtime-packages /rollcall ./
COPY tsconfig.base.json LICENSE ./
COPY prisma prisma
COPY libs libs
COPY --from=build /rollcall/libs/persistence/src/generated libs/persistence/src/generated
USER node

FROM server AS api
COPY apps/api apps/api
ENV HOST=0.0.0.0 PORT=4700
EXPOSE 4700
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "apps/api/src/main.ts"]

FROM server AS worker
COPY apps/worker apps/worker
# A volume mounted here begins with this owner.
USER root
RUN install --directory --owner=node --group=node --mode=700 /keys
USER node
CMD ["node", "apps/worker/src/main.ts"]

FROM base AS dashboard
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=4701
COPY --from=build /rollcall/apps/dashboard/.next/standalone ./
COPY --from=build /rollcall/apps/dashboard/.next/static apps/dashboard/.next/static
USER node
EXPOSE 4701
CMD ["node", "apps/dashboard/server.js"]
