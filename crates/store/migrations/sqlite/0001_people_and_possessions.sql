-- The tables of the PostgreSQL schema, column by column.
--
-- What SQLite has no type for is text in one exact form, which the checks hold: decimals with all the places of
-- their column ("-12.50"), dates ("2026-01-31"), moments in UTC to the microsecond ("2026-01-31T09:30:00.000000Z"),
-- ids in lower case. Booleans are 0 and 1. The time of a change is written by the program.

CREATE TABLE users (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT users_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  email TEXT UNIQUE NOT NULL
    CONSTRAINT users_email_check CHECK (length(email) <= 255),
  name TEXT
    CONSTRAINT users_name_check CHECK (length(name) <= 255),
  role TEXT NOT NULL
    CONSTRAINT users_role_check CHECK (role IN ('client', 'advisor', 'admin')),
  password_hash TEXT
    CONSTRAINT users_password_hash_check CHECK (length(password_hash) <= 255),
  phone TEXT
    CONSTRAINT users_phone_check CHECK (length(phone) <= 50),
  date_of_birth TEXT
    CONSTRAINT users_date_of_birth_check CHECK (date_of_birth GLOB '????-??-??' AND date(date_of_birth) IS date_of_birth AND date_of_birth >= '0001'),
  tax_filing_status TEXT
    CONSTRAINT users_tax_filing_status_check CHECK (length(tax_filing_status) <= 50),
  primary_residence_state TEXT
    CONSTRAINT users_primary_residence_state_check CHECK (length(primary_residence_state) <= 2),
  avatar_url TEXT,
  is_active INTEGER DEFAULT 1
    CONSTRAINT users_is_active_check CHECK (is_active IN (0, 1)),
  email_verified INTEGER DEFAULT 0
    CONSTRAINT users_email_verified_check CHECK (email_verified IN (0, 1)),
  mfa_enabled INTEGER DEFAULT 0
    CONSTRAINT users_mfa_enabled_check CHECK (mfa_enabled IN (0, 1)),
  mfa_secret TEXT,
  created_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT users_created_at_check CHECK (created_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19)) IS substr(created_at, 1, 19) AND created_at >= '0001'),
  updated_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT users_updated_at_check CHECK (updated_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(updated_at, 1, 19)) IS substr(updated_at, 1, 19) AND updated_at >= '0001'),
  last_login TEXT
    CONSTRAINT users_last_login_check CHECK (last_login GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(last_login, 1, 19)) IS substr(last_login, 1, 19) AND last_login >= '0001')
) STRICT;

CREATE INDEX idx_users_email ON users(email);
CREATE INDEX idx_users_role ON users(role);

CREATE TABLE asset_categories (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT asset_categories_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  name TEXT NOT NULL
    CONSTRAINT asset_categories_name_check CHECK (length(name) <= 100),
  parent_category_id TEXT REFERENCES asset_categories(id)
    CONSTRAINT asset_categories_parent_category_id_check CHECK (parent_category_id GLOB '????????-????-????-????-????????????'
      AND length(replace(parent_category_id, '-', '')) = 32 AND replace(parent_category_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  icon TEXT
    CONSTRAINT asset_categories_icon_check CHECK (length(icon) <= 50),
  description TEXT,
  sort_order INTEGER
    CONSTRAINT asset_categories_sort_order_check CHECK (sort_order BETWEEN -2147483648 AND 2147483647),
  is_active INTEGER DEFAULT 1
    CONSTRAINT asset_categories_is_active_check CHECK (is_active IN (0, 1))
) STRICT;

-- The ids are fixed, so that they are the same in every database.
INSERT INTO asset_categories (id, name, icon, sort_order) VALUES
  ('00000000-0000-7000-8000-000000000001', 'Real Estate', 'home', 1),
  ('00000000-0000-7000-8000-000000000002', 'Investments', 'trending-up', 2),
  ('00000000-0000-7000-8000-000000000003', 'Cash & Banking', 'dollar-sign', 3),
  ('00000000-0000-7000-8000-000000000004', 'Retirement Accounts', 'piggy-bank', 4),
  ('00000000-0000-7000-8000-000000000005', 'Alternative Investments', 'briefcase', 5),
  ('00000000-0000-7000-8000-000000000006', 'Business Interests', 'building', 6),
  ('00000000-0000-7000-8000-000000000007', 'Insurance', 'shield', 7),
  ('00000000-0000-7000-8000-000000000008', 'Other Assets', 'more-horizontal', 8);

CREATE TABLE assets (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT assets_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  user_id TEXT REFERENCES users(id) ON DELETE CASCADE
    CONSTRAINT assets_user_id_check CHECK (user_id GLOB '????????-????-????-????-????????????'
      AND length(replace(user_id, '-', '')) = 32 AND replace(user_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  category_id TEXT REFERENCES asset_categories(id)
    CONSTRAINT assets_category_id_check CHECK (category_id GLOB '????????-????-????-????-????????????'
      AND length(replace(category_id, '-', '')) = 32 AND replace(category_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  asset_type TEXT NOT NULL
    CONSTRAINT assets_asset_type_check CHECK (length(asset_type) <= 100),
  name TEXT NOT NULL
    CONSTRAINT assets_name_check CHECK (length(name) <= 255),
  description TEXT,
  current_value TEXT NOT NULL
    CONSTRAINT assets_current_value_check CHECK (current_value GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(current_value, 1 + (current_value GLOB '-*')), '0123456789') = '.' AND length(current_value) <= 16 + (current_value GLOB '-*')),
  cost_basis TEXT
    CONSTRAINT assets_cost_basis_check CHECK (cost_basis GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(cost_basis, 1 + (cost_basis GLOB '-*')), '0123456789') = '.' AND length(cost_basis) <= 16 + (cost_basis GLOB '-*')),
  acquisition_date TEXT
    CONSTRAINT assets_acquisition_date_check CHECK (acquisition_date GLOB '????-??-??' AND date(acquisition_date) IS acquisition_date AND acquisition_date >= '0001'),
  quantity TEXT
    CONSTRAINT assets_quantity_check CHECK (quantity GLOB '*[0-9].[0-9][0-9][0-9][0-9][0-9][0-9]'
      AND trim(substr(quantity, 1 + (quantity GLOB '-*')), '0123456789') = '.' AND length(quantity) <= 16 + (quantity GLOB '-*')),
  ticker_symbol TEXT
    CONSTRAINT assets_ticker_symbol_check CHECK (length(ticker_symbol) <= 20),
  metadata TEXT DEFAULT '{}'
    CONSTRAINT assets_metadata_check CHECK (json_valid(metadata)),
  is_active INTEGER DEFAULT 1
    CONSTRAINT assets_is_active_check CHECK (is_active IN (0, 1)),
  created_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT assets_created_at_check CHECK (created_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19)) IS substr(created_at, 1, 19) AND created_at >= '0001'),
  updated_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT assets_updated_at_check CHECK (updated_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(updated_at, 1, 19)) IS substr(updated_at, 1, 19) AND updated_at >= '0001')
) STRICT;

CREATE INDEX idx_assets_user ON assets(user_id);
CREATE INDEX idx_assets_category ON assets(category_id);
CREATE INDEX idx_assets_type ON assets(asset_type);
CREATE INDEX idx_assets_ticker ON assets(ticker_symbol);

CREATE TABLE accounts (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT accounts_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  user_id TEXT REFERENCES users(id) ON DELETE CASCADE
    CONSTRAINT accounts_user_id_check CHECK (user_id GLOB '????????-????-????-????-????????????'
      AND length(replace(user_id, '-', '')) = 32 AND replace(user_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  account_type TEXT NOT NULL
    CONSTRAINT accounts_account_type_check CHECK (length(account_type) <= 50),
  account_name TEXT
    CONSTRAINT accounts_account_name_check CHECK (length(account_name) <= 255),
  institution_name TEXT
    CONSTRAINT accounts_institution_name_check CHECK (length(institution_name) <= 255),
  account_number_last4 TEXT
    CONSTRAINT accounts_account_number_last4_check CHECK (length(account_number_last4) <= 4),
  current_balance TEXT DEFAULT '0.00'
    CONSTRAINT accounts_current_balance_check CHECK (current_balance GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(current_balance, 1 + (current_balance GLOB '-*')), '0123456789') = '.' AND length(current_balance) <= 16 + (current_balance GLOB '-*')),
  available_balance TEXT
    CONSTRAINT accounts_available_balance_check CHECK (available_balance GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(available_balance, 1 + (available_balance GLOB '-*')), '0123456789') = '.' AND length(available_balance) <= 16 + (available_balance GLOB '-*')),
  interest_rate TEXT
    CONSTRAINT accounts_interest_rate_check CHECK (interest_rate GLOB '*[0-9].[0-9][0-9][0-9][0-9]'
      AND trim(substr(interest_rate, 1 + (interest_rate GLOB '-*')), '0123456789') = '.' AND length(interest_rate) <= 6 + (interest_rate GLOB '-*')),
  is_retirement INTEGER DEFAULT 0
    CONSTRAINT accounts_is_retirement_check CHECK (is_retirement IN (0, 1)),
  tax_treatment TEXT DEFAULT 'taxable'
    CONSTRAINT accounts_tax_treatment_check CHECK (length(tax_treatment) <= 50),
  plaid_account_id TEXT
    CONSTRAINT accounts_plaid_account_id_check CHECK (length(plaid_account_id) <= 255),
  plaid_access_token TEXT,
  plaid_item_id TEXT
    CONSTRAINT accounts_plaid_item_id_check CHECK (length(plaid_item_id) <= 255),
  is_active INTEGER DEFAULT 1
    CONSTRAINT accounts_is_active_check CHECK (is_active IN (0, 1)),
  last_synced_at TEXT
    CONSTRAINT accounts_last_synced_at_check CHECK (last_synced_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(last_synced_at, 1, 19)) IS substr(last_synced_at, 1, 19) AND last_synced_at >= '0001'),
  metadata TEXT DEFAULT '{}'
    CONSTRAINT accounts_metadata_check CHECK (json_valid(metadata)),
  created_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT accounts_created_at_check CHECK (created_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19)) IS substr(created_at, 1, 19) AND created_at >= '0001'),
  updated_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT accounts_updated_at_check CHECK (updated_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(updated_at, 1, 19)) IS substr(updated_at, 1, 19) AND updated_at >= '0001')
) STRICT;

CREATE INDEX idx_accounts_user ON accounts(user_id);
CREATE INDEX idx_accounts_plaid_item ON accounts(plaid_item_id);

CREATE TABLE liabilities (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT liabilities_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  user_id TEXT REFERENCES users(id) ON DELETE CASCADE
    CONSTRAINT liabilities_user_id_check CHECK (user_id GLOB '????????-????-????-????-????????????'
      AND length(replace(user_id, '-', '')) = 32 AND replace(user_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  liability_type TEXT NOT NULL
    CONSTRAINT liabilities_liability_type_check CHECK (length(liability_type) <= 50),
  lender_name TEXT
    CONSTRAINT liabilities_lender_name_check CHECK (length(lender_name) <= 255),
  account_number_last4 TEXT
    CONSTRAINT liabilities_account_number_last4_check CHECK (length(account_number_last4) <= 4),
  original_amount TEXT
    CONSTRAINT liabilities_original_amount_check CHECK (original_amount GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(original_amount, 1 + (original_amount GLOB '-*')), '0123456789') = '.' AND length(original_amount) <= 16 + (original_amount GLOB '-*')),
  current_balance TEXT NOT NULL
    CONSTRAINT liabilities_current_balance_check CHECK (current_balance GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(current_balance, 1 + (current_balance GLOB '-*')), '0123456789') = '.' AND length(current_balance) <= 16 + (current_balance GLOB '-*')),
  interest_rate TEXT
    CONSTRAINT liabilities_interest_rate_check CHECK (interest_rate GLOB '*[0-9].[0-9][0-9][0-9][0-9]'
      AND trim(substr(interest_rate, 1 + (interest_rate GLOB '-*')), '0123456789') = '.' AND length(interest_rate) <= 6 + (interest_rate GLOB '-*')),
  monthly_payment TEXT
    CONSTRAINT liabilities_monthly_payment_check CHECK (monthly_payment GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(monthly_payment, 1 + (monthly_payment GLOB '-*')), '0123456789') = '.' AND length(monthly_payment) <= 11 + (monthly_payment GLOB '-*')),
  payment_due_day INTEGER
    CONSTRAINT liabilities_payment_due_day_check CHECK (payment_due_day BETWEEN -2147483648 AND 2147483647),
  origination_date TEXT
    CONSTRAINT liabilities_origination_date_check CHECK (origination_date GLOB '????-??-??' AND date(origination_date) IS origination_date AND origination_date >= '0001'),
  maturity_date TEXT
    CONSTRAINT liabilities_maturity_date_check CHECK (maturity_date GLOB '????-??-??' AND date(maturity_date) IS maturity_date AND maturity_date >= '0001'),
  auto_pay_enabled INTEGER DEFAULT 0
    CONSTRAINT liabilities_auto_pay_enabled_check CHECK (auto_pay_enabled IN (0, 1)),
  related_asset_id TEXT REFERENCES assets(id)
    CONSTRAINT liabilities_related_asset_id_check CHECK (related_asset_id GLOB '????????-????-????-????-????????????'
      AND length(replace(related_asset_id, '-', '')) = 32 AND replace(related_asset_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  metadata TEXT DEFAULT '{}'
    CONSTRAINT liabilities_metadata_check CHECK (json_valid(metadata)),
  is_active INTEGER DEFAULT 1
    CONSTRAINT liabilities_is_active_check CHECK (is_active IN (0, 1)),
  created_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT liabilities_created_at_check CHECK (created_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19)) IS substr(created_at, 1, 19) AND created_at >= '0001'),
  updated_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT liabilities_updated_at_check CHECK (updated_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(updated_at, 1, 19)) IS substr(updated_at, 1, 19) AND updated_at >= '0001')
) STRICT;

CREATE INDEX idx_liabilities_user ON liabilities(user_id);
CREATE INDEX idx_liabilities_type ON liabilities(liability_type);
CREATE INDEX idx_liabilities_related_asset ON liabilities(related_asset_id);

CREATE TABLE net_worth_snapshots (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT net_worth_snapshots_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  user_id TEXT REFERENCES users(id) ON DELETE CASCADE
    CONSTRAINT net_worth_snapshots_user_id_check CHECK (user_id GLOB '????????-????-????-????-????????????'
      AND length(replace(user_id, '-', '')) = 32 AND replace(user_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  snapshot_date TEXT NOT NULL
    CONSTRAINT net_worth_snapshots_snapshot_date_check CHECK (snapshot_date GLOB '????-??-??' AND date(snapshot_date) IS snapshot_date AND snapshot_date >= '0001'),
  total_assets TEXT NOT NULL
    CONSTRAINT net_worth_snapshots_total_assets_check CHECK (total_assets GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(total_assets, 1 + (total_assets GLOB '-*')), '0123456789') = '.' AND length(total_assets) <= 16 + (total_assets GLOB '-*')),
  total_liabilities TEXT NOT NULL
    CONSTRAINT net_worth_snapshots_total_liabilities_check CHECK (total_liabilities GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(total_liabilities, 1 + (total_liabilities GLOB '-*')), '0123456789') = '.' AND length(total_liabilities) <= 16 + (total_liabilities GLOB '-*')),
  net_worth TEXT NOT NULL
    CONSTRAINT net_worth_snapshots_net_worth_check CHECK (net_worth GLOB '*[0-9].[0-9][0-9]'
      AND trim(substr(net_worth, 1 + (net_worth GLOB '-*')), '0123456789') = '.' AND length(net_worth) <= 16 + (net_worth GLOB '-*')),
  asset_breakdown TEXT NOT NULL
    CONSTRAINT net_worth_snapshots_asset_breakdown_check CHECK (json_valid(asset_breakdown)),
  created_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT net_worth_snapshots_created_at_check CHECK (created_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19)) IS substr(created_at, 1, 19) AND created_at >= '0001'),
  UNIQUE (user_id, snapshot_date)
) STRICT;

CREATE INDEX idx_net_worth_user_date ON net_worth_snapshots(user_id, snapshot_date DESC);
