-- The columns, defaults, constraints and indexes of the platform's specification.
--
-- Ids and times are written by the program; the defaults are for rows that are written by hand.

CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

CREATE TABLE users (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  email VARCHAR(255) UNIQUE NOT NULL,
  name VARCHAR(255),
  role VARCHAR(50) NOT NULL CHECK (role IN ('client', 'advisor', 'admin')),
  password_hash VARCHAR(255),
  phone VARCHAR(50),
  date_of_birth DATE,
  tax_filing_status VARCHAR(50),
  primary_residence_state VARCHAR(2),
  avatar_url TEXT,
  is_active BOOLEAN DEFAULT true,
  email_verified BOOLEAN DEFAULT false,
  mfa_enabled BOOLEAN DEFAULT false,
  mfa_secret TEXT,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  last_login TIMESTAMP
);

CREATE INDEX idx_users_email ON users(email);
CREATE INDEX idx_users_role ON users(role);

CREATE TABLE asset_categories (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  name VARCHAR(100) NOT NULL,
  parent_category_id UUID REFERENCES asset_categories(id),
  icon VARCHAR(50),
  description TEXT,
  sort_order INT,
  is_active BOOLEAN DEFAULT true
);

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
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  category_id UUID REFERENCES asset_categories(id),
  asset_type VARCHAR(100) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description TEXT,
  current_value DECIMAL(15, 2) NOT NULL,
  cost_basis DECIMAL(15, 2),
  acquisition_date DATE,
  quantity DECIMAL(15, 6),
  ticker_symbol VARCHAR(20),
  metadata JSONB DEFAULT '{}',
  is_active BOOLEAN DEFAULT true,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_assets_user ON assets(user_id);
CREATE INDEX idx_assets_category ON assets(category_id);
CREATE INDEX idx_assets_type ON assets(asset_type);
CREATE INDEX idx_assets_ticker ON assets(ticker_symbol);

CREATE TABLE accounts (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  account_type VARCHAR(50) NOT NULL,
  account_name VARCHAR(255),
  institution_name VARCHAR(255),
  account_number_last4 VARCHAR(4),
  current_balance DECIMAL(15, 2) DEFAULT 0,
  available_balance DECIMAL(15, 2),
  interest_rate DECIMAL(5, 4),
  is_retirement BOOLEAN DEFAULT false,
  tax_treatment VARCHAR(50) DEFAULT 'taxable',
  plaid_account_id VARCHAR(255),
  plaid_access_token TEXT,
  plaid_item_id VARCHAR(255),
  is_active BOOLEAN DEFAULT true,
  last_synced_at TIMESTAMP,
  metadata JSONB DEFAULT '{}',
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_accounts_user ON accounts(user_id);
CREATE INDEX idx_accounts_plaid_item ON accounts(plaid_item_id);

CREATE TABLE liabilities (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  liability_type VARCHAR(50) NOT NULL,
  lender_name VARCHAR(255),
  account_number_last4 VARCHAR(4),
  original_amount DECIMAL(15, 2),
  current_balance DECIMAL(15, 2) NOT NULL,
  interest_rate DECIMAL(5, 4),
  monthly_payment DECIMAL(10, 2),
  payment_due_day INT,
  origination_date DATE,
  maturity_date DATE,
  auto_pay_enabled BOOLEAN DEFAULT false,
  related_asset_id UUID REFERENCES assets(id),
  metadata JSONB DEFAULT '{}',
  is_active BOOLEAN DEFAULT true,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_liabilities_user ON liabilities(user_id);
CREATE INDEX idx_liabilities_type ON liabilities(liability_type);
CREATE INDEX idx_liabilities_related_asset ON liabilities(related_asset_id);

CREATE TABLE net_worth_snapshots (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  snapshot_date DATE NOT NULL,
  total_assets DECIMAL(15, 2) NOT NULL,
  total_liabilities DECIMAL(15, 2) NOT NULL,
  net_worth DECIMAL(15, 2) NOT NULL,
  asset_breakdown JSONB NOT NULL,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  UNIQUE(user_id, snapshot_date)
);

CREATE INDEX idx_net_worth_user_date ON net_worth_snapshots(user_id, snapshot_date DESC);

-- A row that is changed by hand gets the time of the change. On the program's own connections the time is that of
-- its transaction, which it writes itself.
CREATE FUNCTION update_updated_at_column() RETURNS TRIGGER AS $$
BEGIN
  IF current_setting('wherewithal.clock', true) IS DISTINCT FROM 'caller' THEN
    NEW.updated_at = CURRENT_TIMESTAMP AT TIME ZONE 'UTC';
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER update_users_updated_at BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_assets_updated_at BEFORE UPDATE ON assets
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_accounts_updated_at BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_liabilities_updated_at BEFORE UPDATE ON liabilities
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
