# Two commands do the everyday work: `make run` and `make test`. Everything they need is set up when it is missing.
PORT ?= 8000
HOST ?= 127.0.0.1
DATA_DIR ?= var
export PORT HOST DATA_DIR

PYTHON ?= $(shell command -v python3 || command -v python)
SERVICE := .envs/service/bin/python

.PHONY: help run test bench setup setup-test lint locks train understanding-report safety-words line-words clean

help:  ## What there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

run: setup  ## Start everything in demo mode and print the address (PORT, HOST, DATA_DIR)
	@bin/sevensteps serve

test: setup-test  ## The whole test suite
	@bin/run-tests

bench: setup-test  ## Benchmarks side by side with stock Rasa; writes bench/results.json
	@$(SERVICE) -m bench

setup:
	@test -n "$(PYTHON)" || { echo "Sevensteps needs Python 3 with pip. On Debian: apt-get install python3 python3-venv python3-pip"; exit 1; }
	@"$(PYTHON)" bin/bootstrap.py service engine
	@bin/install-debian-packages pdf

setup-test:
	@test -n "$(PYTHON)" || { echo "Sevensteps needs Python 3 with pip. On Debian: apt-get install python3 python3-venv python3-pip"; exit 1; }
	@"$(PYTHON)" bin/bootstrap.py test engine
	@bin/install-debian-packages

train: setup  ## Train the dialogue engine if its data changed
	@bin/sevensteps train

lint: setup-test  ## Format check, lint, types and import rules
	@bin/lint

understanding-report: setup-test  ## Measure understanding on the unseen sets and write docs/understanding.md with its pictures
	@bin/sevensteps train
	@$(SERVICE) -m bench.understanding_report

safety-words: setup-test  ## Compute the points of bot/content/safety/weighed anew from data/safety
	@$(SERVICE) -m bot.safety.weigh

line-words: setup-test  ## Compute the points of bot/understanding/wanted.csv anew from the lines of data
	@$(SERVICE) -m bot.understanding.weigh_wanted

locks:  ## Renew the hashed requirement locks (needs the package index)
	@bin/renew-locks

clean:  ## Remove environments, models and demo data
	rm -rf .envs models var
