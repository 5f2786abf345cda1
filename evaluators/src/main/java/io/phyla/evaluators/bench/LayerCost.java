package io.phyla.evaluators.bench;

import io.phyla.spaces.design.Shape;

/**
 * What a layer costs here, and beside it batch normalisation with a rectifier on the same tensors; milliseconds of CPU time of
 * one thread for one batch.
 *
 * @param training forward and backward run
 * @param inference forward run, each layer by itself
 * @param folded inference behind a convolution 3x3 that keeps the channels: there batch normalisation is part of the
 *     convolution's weights, and only the rectifier is left of it
 * @param trainingBytes native memory that a plan of the layer alone takes in training
 * @param baselineBytes the same of the other
 */
public record LayerCost(
        Shape shape,
        int batch,
        Comparison training,
        Comparison inference,
        Comparison folded,
        long trainingBytes,
        long baselineBytes) {

    /**
     * Two figures taken in turns.
     *
     * @param ratio of the layer's median to the other's: above 1 the layer is dearer
     */
    public record Comparison(Time layer, Time bnRelu, double ratio) {}

    /**
     * @param median milliseconds
     * @param low below which a quarter of the figures lie
     * @param high above which a quarter lie
     * @param n how many figures
     */
    public record Time(double median, double low, double high, int n) {}
}
