using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>Training in one line: <c>GaussianMixture.Fit(rows, components)</c>.</summary>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 2);
/// int[] labels = model.Labels(rows);
/// </code>
/// </example>
public static class GaussianMixtureFitting
{
    extension(GaussianMixture)
    {
        /// <summary>
        /// Trains a mixture. <see cref="GaussianMixtureTrainer"/> also returns the log-likelihood, the iterations and diagnostics.
        /// </summary>
        /// <param name="rows">T x D. The rows are read once, and once more per iteration and per pass of the start.</param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">
        /// An option is out of range, or contradicts another option or the data. The message names it.
        /// </exception>
        /// <exception cref="VectorDataException">
        /// There are no rows, rows differ in length, or a value is not finite. The message names the row, from 1.
        /// </exception>
        /// <exception cref="SingularCovarianceException">
        /// A covariance is singular, and the options or a variance floor of 0 do not allow repairing it.
        /// </exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            IVectorSource rows, int components, GmmOptions? options = null, CancellationToken cancellationToken = default) =>
            new GaussianMixtureTrainer(components, options).Fit(rows, cancellationToken: cancellationToken).Model;

        /// <summary>Trains a mixture with <see cref="GaussianMixtureTrainer"/>.</summary>
        /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">An option is out of range, or contradicts another option or the data.</exception>
        /// <exception cref="VectorDataException">There are no rows, rows differ in length, or a value is not finite.</exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            ReadOnlyMemory2D<double> rows, int components, GmmOptions? options = null, CancellationToken cancellationToken = default) =>
            Fit(VectorSource.From(rows), components, options, cancellationToken);

        /// <summary>Trains a mixture with <see cref="GaussianMixtureTrainer"/>.</summary>
        /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">An option is out of range, or contradicts another option or the data.</exception>
        /// <exception cref="VectorDataException">There are no rows, rows differ in length, or a value is not finite.</exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            ReadOnlyMemory2D<float> rows, int components, GmmOptions? options = null, CancellationToken cancellationToken = default) =>
            Fit(VectorSource.From(rows), components, options, cancellationToken);

        /// <summary>Trains a mixture with <see cref="GaussianMixtureTrainer"/>.</summary>
        /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
        /// <param name="dimension">D, at least 1.</param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">An option is out of range, or contradicts another option or the data.</exception>
        /// <exception cref="VectorDataException">There are no rows, rows differ in length, or a value is not finite.</exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            ReadOnlyMemory<double> rows, int dimension, int components, GmmOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Fit(VectorSource.From(rows, dimension), components, options, cancellationToken);

        /// <summary>Trains a mixture with <see cref="GaussianMixtureTrainer"/>.</summary>
        /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
        /// <param name="dimension">D, at least 1.</param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">An option is out of range, or contradicts another option or the data.</exception>
        /// <exception cref="VectorDataException">There are no rows, rows differ in length, or a value is not finite.</exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            ReadOnlyMemory<float> rows, int dimension, int components, GmmOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Fit(VectorSource.From(rows, dimension), components, options, cancellationToken);

        /// <summary>Trains a mixture with <see cref="GaussianMixtureTrainer"/>.</summary>
        /// <param name="rows">
        /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
        /// </param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">An option is out of range, or contradicts another option or the data.</exception>
        /// <exception cref="VectorDataException">There are no rows, rows differ in length, or a value is not finite.</exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            IEnumerable<double[]> rows, int components, GmmOptions? options = null, CancellationToken cancellationToken = default) =>
            Fit(VectorSource.From(rows), components, options, cancellationToken);

        /// <summary>Trains a mixture with <see cref="GaussianMixtureTrainer"/>.</summary>
        /// <param name="rows">
        /// T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.
        /// </param>
        /// <param name="components">K, at least 1.</param>
        /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
        /// <param name="cancellationToken">
        /// Stops the computation. After the first complete iteration, the model of the last complete iteration is returned.
        /// </param>
        /// <returns>The fitted model.</returns>
        /// <exception cref="ArgumentException">An option is out of range, or contradicts another option or the data.</exception>
        /// <exception cref="VectorDataException">There are no rows, rows differ in length, or a value is not finite.</exception>
        /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
        public static GaussianMixture Fit(
            IEnumerable<float[]> rows, int components, GmmOptions? options = null, CancellationToken cancellationToken = default) =>
            Fit(VectorSource.From(rows), components, options, cancellationToken);
    }
}
