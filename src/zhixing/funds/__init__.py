"""Case funds (执行案款): ledger, bank statement, payout, fee."""
