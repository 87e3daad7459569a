# The only place where commands are defined; CI and README call these. Nothing needs activating.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= ../shared/data/dev

.PHONY: setup setup-train demo test test-slow test-train train train-small check bench docs regexes clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

setup-train: setup
	$(BIN)/python -c 'import torch, onnx' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,train]'

demo: setup  ## de-identify the demo folder into ./demo-out and show the summary
	rm -rf demo-out demo-out.deid
	$(BIN)/python -m deid run docs/examples/records demo-out

JOBS ?= 2

test: setup  ## the tests, but for the slow ones
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

test-slow: setup  ## the slow tests: packaging, pictures and scans, large files, tuning, growth
	$(BIN)/python -m pytest -m slow -n $(JOBS) --dist worksteal

test-train: setup-train  ## the tests of training
	$(BIN)/python -m pytest -m train

SHARED ?= ../shared/data
SEEDS ?= 1 2 3
# sets that measure
UNSEEN := ordinary realistic dense blind-b blind-qb blind-ra blind-rb blind-rc blind-re blind-rf blind-rg blind-rh blind-rj blind-rk blind-rl blind-rm blind-rn blind-rp blind-rq blind-rs blind-rt blind-ru blind-rv blind-rw blind-rx blind-ry blind-rz blind-ua blind-ub blind-uc blind-ud blind-ue blind-uf blind-ug blind-ui blind-uk blind-ul blind-un blind-uo blind-uq blind-uw blind-uz blind-vb blind-vc blind-vd blind-wa blind-wb blind-wc blind-wd blind-wn blind-wq blind-wt blind-xb blind-xg blind-xk blind-xl blind-yq blind-yu blind-yx blind-yz forms snippets-unseen snippets-unseen-b
# those that the networks of names which begin with a surname had no use for
LATER := blind-zv blind-zw blind-zx blind-zy blind-zz blind-ya blind-yb blind-yc blind-yd blind-ye blind-yf blind-yg blind-yh blind-yi blind-yj blind-yk blind-yl blind-ym blind-yn blind-yo blind-yp blind-yr blind-ys blind-yt blind-yv blind-yw blind-yy blind-xa blind-xc blind-xd blind-xe blind-xf blind-xh blind-xi blind-xj
# of which the tagger, what spares it sentences and the network of numbers alone learn
NUMBERED := blind-xm blind-xn blind-xo blind-xp blind-xq blind-xr blind-xs blind-xt blind-xu blind-xv blind-xw blind-xy blind-xx blind-xz snippets-sn snippets-sd snippets-so snippets-sp snippets-sh snippets-sm snippets-sk snippets-sa snippets-sb snippets-sc snippets-sg snippets-ta snippets-tb snippets-tc snippets-te snippets-ua snippets-ub snippets-uc snippets-ud snippets-ue snippets-uf snippets-uh snippets-ui snippets-uj snippets-uk snippets-um snippets-un snippets-uo snippets-up snippets-uq snippets-ur snippets-us snippets-ut snippets-uv blind-we blind-wf blind-wg blind-wh blind-wi blind-wj blind-wk blind-wm blind-wo blind-wp blind-wr blind-ws snippets-ux snippets-uy snippets-uz snippets-va snippets-vd snippets-ve snippets-vf snippets-vh
SAMPLES := $(patsubst %,benchmarks/data/%.txt,$(filter-out blind-b blind-qb blind-ra blind-rb blind-rc blind-re blind-rf blind-rg blind-rh blind-rj blind-rk blind-rl blind-rm blind-rn blind-rp blind-rq blind-rs blind-rt blind-ru blind-rv blind-rw blind-rx blind-ry blind-rz blind-ua blind-ub blind-uc blind-ud blind-ue blind-uf blind-ug blind-ui blind-uk blind-ul blind-un blind-uo blind-uq blind-uw blind-uz forms snippets-unseen snippets-unseen-b,$(UNSEEN)))
LABELLED := $(filter-out $(patsubst %,benchmarks/data/%.txt,$(UNSEEN) $(LATER) $(NUMBERED)),$(wildcard benchmarks/data/*.txt))
TRAINING = $(BIN)/python -m deid.training --shared $(SHARED) --samples $(SAMPLES) --labelled $(LABELLED) --later $(LATER:%=benchmarks/data/%.txt) --numbered $(NUMBERED:%=benchmarks/data/%.txt) --seeds $(SEEDS) --out src/deid/models

train: setup-train  ## rebuild the shipped networks (some seventy minutes on two cores); SHARED=folder of development data
	$(TRAINING)

train-small: setup-train  ## the small ones beside the tagger alone (half an hour)
	$(TRAINING) --keep-tagger

check: setup  ## lint, types, import contracts
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: setup  ## accuracy and speed, side by side with other tools; DATA=folder of labelled sets
	$(BIN)/python benchmarks/accuracy/run.py --data $(DATA)
	$(BIN)/python benchmarks/accuracy/formats.py
	$(BIN)/python benchmarks/speed/run.py
	$(BIN)/python benchmarks/speed/tables.py
	$(BIN)/python benchmarks/speed/pages.py
	$(BIN)/python benchmarks/speed/scans.py
	$(BIN)/python benchmarks/page.py

docs: setup  ## regenerate the reference pages and recognizers/README.md
	$(BIN)/python docs/generate.py

PYTHONS ?= python3.10 python3.11 python3.12 python3.13
regexes: setup  ## compile the regexes of the program ahead of time with each of PYTHONS; once before a release
	$(BIN)/python docs/regexes.py $(PYTHONS)

clean:
	rm -rf $(VENV) build dist demo-out demo-out.deid .pytest_cache .mypy_cache .ruff_cache
