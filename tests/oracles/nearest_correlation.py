"""The nearest correlation matrix, by the dual of Qi and Sun (2006): minimise ½ |(A + Diag(y))₊|² - Σ y over y.

BFGS (scipy) comes near, Newton's method with a matrix of differences finishes. The answer is (A + Diag(y))₊.
"""

import numpy as np
from scipy.optimize import minimize


def positive_part(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.maximum(values, 0)) @ vectors.T


def gradient(y, matrix):
    return np.diag(positive_part(matrix + np.diag(y))) - 1


def dual(y, matrix):
    return (positive_part(matrix + np.diag(y)) ** 2).sum() / 2 - y.sum()


def newton(y, matrix, steps=20, width=1e-6):
    """Newton's method on the gradient, its derivative by central differences."""
    size = len(y)
    for _ in range(steps):
        derivative = np.empty((size, size))
        for column in range(size):
            shift = np.zeros(size)
            shift[column] = width
            derivative[:, column] = (gradient(y + shift, matrix) - gradient(y - shift, matrix)) / (2 * width)
        y = y - np.linalg.solve(derivative, gradient(y, matrix))
    return y


def nearest_correlation(request):
    """`market.nearest_correlation`."""
    matrix = np.array(request["correlations"], dtype=float)
    smallest = float(np.linalg.eigvalsh(matrix)[0])
    if smallest >= -1e-12 * len(matrix):
        return {
            "correlations": matrix.tolist(),
            "repaired": False,
            "distance": 0.0,
            "smallestEigenvalue": smallest,
            "iterations": 0,
        }
    start = minimize(dual, np.zeros(len(matrix)), args=(matrix,), jac=gradient, method="BFGS", options={"gtol": 1e-7})
    nearest = positive_part(matrix + np.diag(newton(start.x, matrix)))
    return {
        "correlations": nearest.tolist(),
        "repaired": True,
        "distance": float(np.linalg.norm(nearest - matrix)),
        "smallestEigenvalue": smallest,
    }


OPERATIONS = {"market.nearest_correlation": nearest_correlation}
