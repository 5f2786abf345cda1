package io.phyla.evaluators.proxy;

/** Logarithms of determinants. */
final class LogDeterminant {

    private static final double UNIT_ROUNDOFF = 0x1p-53;

    private LogDeterminant() {}

    /**
     * Natural log of a symmetric positive semidefinite matrix's determinant by Cholesky's factorisation. A pivot within the
     * rounding error of the factorisation, n * 2^-53 * the largest diagonal element, is a zero: the matrix is singular and
     * the result negative infinity, instead of the logarithm of whatever rounding left.
     *
     * @param matrix n x n; the lower triangle is overwritten by the factor
     */
    static double ofPositiveSemidefinite(double[][] matrix) {
        double largest = 0;
        for (int i = 0; i < matrix.length; i++) {
            largest = Math.max(largest, matrix[i][i]);
        }
        double zero = matrix.length * UNIT_ROUNDOFF * largest;
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < i; j++) {
                matrix[i][j] = (matrix[i][j] - InnerProduct.of(matrix[i], matrix[j], j)) / matrix[j][j];
            }
            double pivot = matrix[i][i] - InnerProduct.of(matrix[i], matrix[i], i);
            if (pivot <= zero) {
                return Double.NEGATIVE_INFINITY;
            }
            matrix[i][i] = Math.sqrt(pivot);
            sum += StrictMath.log(pivot);
        }
        return sum;
    }
}
