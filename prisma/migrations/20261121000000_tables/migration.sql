-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shopify_app" (
    "api_key" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "distribution" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shopify_app_pkey" PRIMARY KEY ("api_key")
);

-- CreateTable
CREATE TABLE "shop_directory" (
    "shop" TEXT NOT NULL,
    "program_id" UUID,
    "shop_id" UUID,
    "api_key" TEXT,
    "installed_at" TIMESTAMPTZ(6),
    "uninstalled_at" TIMESTAMPTZ(6),

    CONSTRAINT "shop_directory_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "program_id" UUID,
    "shop" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT,
    "api_version" TEXT,
    "triggered_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT,
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erasure" (
    "program_id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("program_id")
);

-- CreateTable
CREATE TABLE "program" (
    "program_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "program_pkey" PRIMARY KEY ("program_id")
);

-- CreateTable
CREATE TABLE "program_phase" (
    "program_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "from" TIMESTAMPTZ(6) NOT NULL,
    "test_tag" TEXT,
    "decided_at" TIMESTAMPTZ(6) NOT NULL,
    "decided_by" TEXT NOT NULL,

    CONSTRAINT "program_phase_pkey" PRIMARY KEY ("program_id","seq")
);

-- CreateTable
CREATE TABLE "program_version" (
    "program_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "effective_from" TIMESTAMPTZ(6) NOT NULL,
    "published_at" TIMESTAMPTZ(6) NOT NULL,
    "published_by" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "program_version_pkey" PRIMARY KEY ("program_id","version")
);

-- CreateTable
CREATE TABLE "shop" (
    "program_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "gid" TEXT,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "money_format" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "plan" TEXT,
    "sells_subscriptions" BOOLEAN NOT NULL DEFAULT false,
    "app_installation_gid" TEXT,
    "proxy_path" TEXT NOT NULL DEFAULT '/apps/laurel',
    "config_card_hash" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("program_id","shop_id")
);

-- CreateTable
CREATE TABLE "member" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "name" TEXT,
    "email" TEXT,
    "locale" TEXT,
    "joined_at" TIMESTAMPTZ(6) NOT NULL,
    "claimed_at" TIMESTAMPTZ(6),
    "merged_into" UUID,
    "redacted_at" TIMESTAMPTZ(6),
    "state_note" TEXT,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("program_id","member_id")
);

-- CreateTable
CREATE TABLE "customer" (
    "program_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "customer_gid" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "tags" TEXT[],
    "tags_known_at" TIMESTAMPTZ(6),
    "has_account" BOOLEAN NOT NULL DEFAULT false,
    "deleted_at" TIMESTAMPTZ(6),
    "card_hash" TEXT,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("program_id","shop_id","customer_gid")
);

-- CreateTable
CREATE TABLE "card_due" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "marked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "card_due_pkey" PRIMARY KEY ("program_id","member_id")
);

-- CreateTable
CREATE TABLE "order_facts" (
    "program_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "order_gid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "member_id" UUID,
    "customer_gid" TEXT,
    "placed_at" TIMESTAMPTZ(6) NOT NULL,
    "version_at" TIMESTAMPTZ(6) NOT NULL,
    "triggered_at" TIMESTAMPTZ(6) NOT NULL,
    "body_hash" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "paid_at" TIMESTAMPTZ(6),
    "deleted_at" TIMESTAMPTZ(6),
    "version" INTEGER,
    "phase" TEXT,
    "tags" TEXT[],
    "member_state" TEXT,
    "pinned_at" TIMESTAMPTZ(6),
    "waiting_for" TEXT,
    "settlements" INTEGER NOT NULL DEFAULT 0,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "order_facts_pkey" PRIMARY KEY ("program_id","shop_id","order_gid")
);

-- CreateTable
CREATE TABLE "transaction" (
    "program_id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "member_id" UUID,
    "shop_id" UUID,
    "order_gid" TEXT,
    "redemption_id" UUID,
    "version" INTEGER,
    "actor" TEXT,
    "explanation" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("program_id","transaction_id")
);

-- CreateTable
CREATE TABLE "posting" (
    "program_id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "seq" SMALLINT NOT NULL,
    "from_account" TEXT NOT NULL,
    "from_member" UUID,
    "to_account" TEXT NOT NULL,
    "to_member" UUID,
    "unit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("program_id","transaction_id","seq")
);

-- CreateTable
CREATE TABLE "balance" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "unit" TEXT NOT NULL,
    "pending" BIGINT NOT NULL DEFAULT 0,
    "available" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "owed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "balance_pkey" PRIMARY KEY ("program_id","member_id","unit")
);

-- CreateTable
CREATE TABLE "lot" (
    "program_id" UUID NOT NULL,
    "lot_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "unit" TEXT NOT NULL,
    "transaction_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "shop_id" UUID,
    "order_gid" TEXT,
    "amount" BIGINT NOT NULL,
    "left" BIGINT NOT NULL,
    "matured" BOOLEAN NOT NULL,
    "available_from" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "net_sale_minor" BIGINT,
    "currency" TEXT,
    "earned_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "lot_pkey" PRIMARY KEY ("program_id","lot_id")
);

-- CreateTable
CREATE TABLE "lot_use" (
    "program_id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "lot_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "redemption_id" UUID,

    CONSTRAINT "lot_use_pkey" PRIMARY KEY ("program_id","transaction_id","lot_id","reason")
);

-- CreateTable
CREATE TABLE "account_rollup" (
    "program_id" UUID NOT NULL,
    "unit" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "through" UUID NOT NULL,
    "taken" BIGINT NOT NULL,
    "given" BIGINT NOT NULL,

    CONSTRAINT "account_rollup_pkey" PRIMARY KEY ("program_id","unit","account")
);

-- CreateTable
CREATE TABLE "redemption" (
    "program_id" UUID NOT NULL,
    "redemption_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "customer_gid" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "reward_id" TEXT NOT NULL,
    "reward" JSONB NOT NULL,
    "unit" TEXT NOT NULL,
    "points" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "discount_gid" TEXT,
    "reserved_at" TIMESTAMPTZ(6) NOT NULL,
    "issued_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "order_gid" TEXT,
    "given_minor" BIGINT,
    "charged" BIGINT NOT NULL DEFAULT 0,
    "settlements" INTEGER NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("program_id","redemption_id")
);

-- CreateTable
CREATE TABLE "redemption_step" (
    "program_id" UUID NOT NULL,
    "redemption_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "from" TEXT,
    "to" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "redemption_step_pkey" PRIMARY KEY ("program_id","redemption_id","seq")
);

-- CreateTable
CREATE TABLE "import" (
    "program_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "problems" INTEGER NOT NULL,
    "points" BIGINT NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),
    "note" TEXT,

    CONSTRAINT "import_pkey" PRIMARY KEY ("program_id","import_id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "program_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "email" TEXT,
    "points" BIGINT,
    "problem" TEXT,
    "member_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'waiting',

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("program_id","import_id","line")
);

-- CreateTable
CREATE TABLE "audit" (
    "program_id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("program_id","audit_id")
);

-- CreateTable
CREATE TABLE "data_request" (
    "program_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_gid" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "answered_at" TIMESTAMPTZ(6),
    "answer" JSONB,

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("program_id","request_id")
);

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE INDEX "shop_directory_program_id_idx" ON "shop_directory"("program_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_shop_webhook_id_key" ON "inbox"("shop", "webhook_id");

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "customer_program_id_member_id_idx" ON "customer"("program_id", "member_id");

-- CreateIndex
CREATE INDEX "order_facts_program_id_member_id_placed_at_idx" ON "order_facts"("program_id", "member_id", "placed_at");

-- CreateIndex
CREATE INDEX "transaction_program_id_member_id_transaction_id_idx" ON "transaction"("program_id", "member_id", "transaction_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "transaction_program_id_kind_source_key" ON "transaction"("program_id", "kind", "source");

-- CreateIndex
CREATE INDEX "lot_program_id_shop_id_order_gid_idx" ON "lot"("program_id", "shop_id", "order_gid");

-- CreateIndex
CREATE INDEX "lot_use_program_id_lot_id_idx" ON "lot_use"("program_id", "lot_id");

-- CreateIndex
CREATE INDEX "lot_use_program_id_redemption_id_idx" ON "lot_use"("program_id", "redemption_id");

-- CreateIndex
CREATE INDEX "redemption_program_id_member_id_reserved_at_idx" ON "redemption"("program_id", "member_id", "reserved_at");

-- CreateIndex
CREATE UNIQUE INDEX "redemption_program_id_member_id_request_id_key" ON "redemption"("program_id", "member_id", "request_id");

-- CreateIndex
CREATE UNIQUE INDEX "redemption_program_id_code_key" ON "redemption"("program_id", "code");

-- CreateIndex
CREATE INDEX "import_row_program_id_import_id_state_idx" ON "import_row"("program_id", "import_id", "state");

