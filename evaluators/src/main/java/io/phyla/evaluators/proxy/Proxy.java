package io.phyla.evaluators.proxy;

import io.phyla.search.metric.Metric;

/** One training-free proxy, found by {@link java.util.ServiceLoader}. Implementations hold no state. */
public interface Proxy {

    Metric metric();

    /** The run its figure comes from; it may ask the pass for any other, at the price of making it again. */
    Stage stage();

    /**
     * Computes the proxy from runs that all proxies of a candidate share. The value is NaN or infinite where the proxy is
     * undefined for the network; it is not replaced, for the search decides what that means.
     */
    double compute(ProxyPass pass);
}
