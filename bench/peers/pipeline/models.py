"""Members of a model: estimators of the usual libraries with Regimen's default hyper-parameters."""

import numpy as np

LINEAR = ("linear_regression", "ridge", "lasso", "elasticnet")
# Duality gap, as a part of the label's variance: what Regimen's solver keeps to.
GAP = 1e-9


def estimator(name, seed):
    """Libraries are imported when they are needed: a linear grid never waits for the others."""
    if name == "linear_regression":
        from sklearn.linear_model import LinearRegression

        return LinearRegression()
    if name == "ridge":
        from sklearn.linear_model import Ridge

        return Ridge(alpha=1.0)
    if name == "lasso":
        from sklearn.linear_model import Lasso

        return Lasso(alpha=0.01, precompute=True, tol=GAP, max_iter=100_000)
    if name == "elasticnet":
        from sklearn.linear_model import ElasticNet

        return ElasticNet(alpha=0.01, l1_ratio=0.5, precompute=True, tol=GAP, max_iter=100_000)
    if name == "random_forest":
        from sklearn.ensemble import RandomForestRegressor

        return RandomForestRegressor(
            n_estimators=100, max_depth=10, max_features=1 / 3, min_samples_leaf=5, random_state=seed
        )
    if name == "gradient_boosting":
        from sklearn.ensemble import GradientBoostingRegressor

        return GradientBoostingRegressor(n_estimators=100, learning_rate=0.1, max_depth=3, random_state=seed)
    if name == "xgboost":
        from xgboost import XGBRegressor

        return XGBRegressor(
            n_estimators=100,
            learning_rate=0.3,
            max_depth=6,
            min_child_weight=1,
            reg_lambda=1,
            tree_method="hist",
            max_bin=256,
            base_score=0.0,
            n_jobs=1,
            random_state=seed,
        )
    if name == "lightgbm":
        from lightgbm import LGBMRegressor

        return LGBMRegressor(
            n_estimators=100,
            learning_rate=0.1,
            num_leaves=31,
            min_child_samples=20,
            min_child_weight=1e-3,
            max_bin=255,
            n_jobs=1,
            verbose=-1,
            random_state=seed,
        )
    raise ValueError(f"There is no model {name}.")


class Member:
    """An estimator of the standardized label; linear ones see standardized features."""

    def __init__(self, name, seed, x, y):
        self.linear = name in LINEAR
        self.mean, self.deviation = y.mean(), y.std() or 1.0
        self.estimator = estimator(name, seed)
        if self.linear:
            self.centers, self.scales = x.mean(axis=0), x.std(axis=0)
            self.scales[self.scales <= 1e-12 * np.abs(self.centers)] = np.inf
            x = (x - self.centers) / self.scales
        self.estimator.fit(x, (y - self.mean) / self.deviation)
        if self.linear:
            self.coefficients = self.estimator.coef_ * self.deviation / self.scales

    def predict(self, x):
        if self.linear:
            # The label has mean 0: there is no intercept but its mean.
            return (x - self.centers) @ self.coefficients + self.mean
        if type(self.estimator).__name__ == "LGBMRegressor":
            # Without the wrapper's check of feature names, which warns of arrays.
            out = self.estimator.booster_.predict(x)
        else:
            out = self.estimator.predict(x)
        return out.astype(np.float64) * self.deviation + self.mean

    def importance(self):
        """Shares per feature."""
        if self.linear:
            sizes = np.abs(self.estimator.coef_)
        elif type(self.estimator).__name__ == "LGBMRegressor":
            sizes = self.estimator.booster_.feature_importance("gain")
        else:
            sizes = self.estimator.feature_importances_
        return sizes / (sizes.sum() or 1.0)


def training_metrics(members, x, labels, splits):
    """Over the rows that members left out; see docs/definitions.md, "Members and training metrics"."""
    predictions, outcomes, baselines, tilts = [], [], [], []
    for member, (_, left_out) in zip(members, splits):
        p = member.predict(x[left_out])
        predictions.append(p)
        outcomes.append(labels[left_out])
        baselines.append(labels[left_out] - member.mean)
        tilts.append(np.zeros_like(p) if np.all(p == p[0]) else p - member.mean)
    p, y, base, tilt = (np.concatenate(parts) for parts in (predictions, outcomes, baselines, tilts))
    squares = float(base @ base)
    return {
        "rmse": float(np.sqrt(np.mean((y - p) ** 2))),
        "mae": float(np.mean(np.abs(y - p))),
        "r2": 1 - float((y - p) @ (y - p)) / squares if squares > 0 else 0.0,
        "rank_ic": rank_correlation(tilt, y),
    }


def rank_correlation(a, b):
    from scipy.stats import rankdata

    a, b = rankdata(a), rankdata(b)
    a, b = a - a.mean(), b - b.mean()
    scatter = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / scatter) if scatter > 0 else 0.0
