"""The best of so many trials, seed by seed, of Optuna's TPE, for each function and setting, as one JSON object."""
import json
import math
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]
C = [1, 1.2, 3, 3.2]


def branin(t):
    x, y = t.suggest_float("x0", -5, 10), t.suggest_float("x1", 0, 15)
    bowl = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return bowl**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann(t):
    x = [t.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(c * math.exp(-sum(A[i][j] * (x[j] - 1e-4 * P[i][j]) ** 2 for j in range(6))) for i, c in enumerate(C))


def rosenbrock(t):
    x = [t.suggest_float(f"x{i}", -2, 2) for i in range(4)]
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))


def mixed(t):
    depth, rate = t.suggest_int("depth", 1, 20), t.suggest_float("rate", 1e-4, 1, log=True)
    kind, trees = t.suggest_categorical("kind", ["a", "b", "c"]), t.suggest_int("trees", 50, 300)
    kinds = {"a": 0.5, "b": 0, "c": 1}
    return (depth - 7) ** 2 / 25 + (math.log10(rate) + 2) ** 2 + kinds[kind] + ((trees - 180) / 100) ** 2


def conditional(t):
    if t.suggest_categorical("kind", ["line", "bowl"]) == "line":
        value = 1 + abs(t.suggest_float("slope", -3, 3))
    else:
        value = (t.suggest_float("x", -5, 5) - 1.5) ** 2 + (t.suggest_float("y", -5, 5) + 2) ** 2 / 2
    return value + (t.suggest_int("steps", 1, 10) - 4) ** 2 / 10


FUNCTIONS = {"Branin": branin, "Hartmann-6": hartmann, "Rosenbrock-4": rosenbrock, "mixed": mixed, "conditional": conditional}

trials, seeds = int(sys.argv[1]), int(sys.argv[2])
out = {}
for setting, multivariate in (("univariate", False), ("multivariate", True)):
    for name, function in FUNCTIONS.items():
        best = []
        for seed in range(seeds):
            sampler = optuna.samplers.TPESampler(seed=seed, multivariate=multivariate)
            study = optuna.create_study(sampler=sampler)
            study.optimize(function, n_trials=trials)
            best.append(study.best_value)
        out[f"{setting} {name}"] = best
print(json.dumps(out))
