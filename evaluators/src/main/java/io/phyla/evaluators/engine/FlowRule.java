package io.phyla.evaluators.engine;

/** What a layer without parameters is in FLOW, where tensors stand for {@code content * 2^exponent}. */
interface FlowRule {

    /** Of layers with {@code f(a * x) = a * f(x)} for a &gt; 0: the usual kernels serve, exponents pass through. */
    FlowRule HOMOGENEOUS = new FlowRule() {
        @Override
        public boolean homogeneous() {
            return true;
        }

        @Override
        public void forward(Tensor x, Tensor y) {
            throw new IllegalStateException("a homogeneous layer runs its usual kernels");
        }

        @Override
        public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx) {
            throw new IllegalStateException("a homogeneous layer runs its usual kernels");
        }
    };

    /** Whether the usual kernels may run on the mantissas; then nothing else here is called. */
    default boolean homogeneous() {
        return false;
    }

    void forward(Tensor x, Tensor y);

    /** Reads of x and y only what the usual kernels read. */
    void backward(Tensor x, Tensor y, Tensor dy, Tensor dx);
}
