# syntax=docker/dockerfile:1
# One image for the web process, the worker and the migrations: they differ in the command only.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS production
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --omit=dev && npm cache clean --force
COPY server.ts shopify.app.toml ./
COPY app ./app
COPY scripts ./scripts
COPY --from=build /app/build ./build

USER node
EXPOSE 3000 3001
# node is the first process and hears SIGTERM itself: npm in between would not pass it on in time.
CMD ["node", "server.ts"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + (process.env.HEALTH_PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
