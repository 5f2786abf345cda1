package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * The product of two computed matrices per sample and head, {@code C = scale * A * B}, and its gradients. Nothing is copied:
 * heads are strided views of channels-last memory, and so are transposed matrices.
 *
 * @param toFirst the gradient to A, of C's gradient and B
 * @param toSecond the gradient to B, of A and C's gradient, or of C's gradient and A if B is stored transposed
 */
record MatrixProductKernels(Primitive forward, Primitive toFirst, Primitive toSecond, boolean secondAcross)
        implements Kernels {

    @Override
    public Stream<Primitive> primitives() {
        return Stream.of(forward, toFirst, toSecond);
    }

    /**
     * One product.
     *
     * @param rows positions of A
     * @param inner channels of A per head
     * @param columns channels of C per head
     * @param transposed whether B's positions are C's channels
     */
    record Specification(int batch, int heads, int rows, int inner, int columns, boolean transposed, double scale)
            implements Kernels.Specification<MatrixProductKernels> {

        @Override
        public MatrixProductKernels create(Natives natives) {
            dnnl_primitive_attr scaled = natives.scaled(scale);
            dnnl_memory_desc a = matrix(natives, rows, inner, false);
            dnnl_memory_desc c = matrix(natives, rows, columns, false);
            dnnl_memory_desc b = matrix(natives, inner, columns, transposed);
            Primitive forward = product(natives, a, b, c, scaled);
            Primitive toFirst = product(natives, c, matrix(natives, columns, inner, !transposed), a, scaled);
            // With B stored transposed, its gradient is C'^T A; else A^T C'.
            Primitive toSecond = transposed
                    ? product(
                            natives,
                            matrix(natives, columns, rows, true),
                            a,
                            matrix(natives, columns, inner, false),
                            scaled)
                    : product(natives, matrix(natives, inner, rows, true), c, b, scaled);
            return new MatrixProductKernels(forward, toFirst, toSecond, transposed);
        }

        /** @param across whether memory holds the transposed matrix: columns are positions */
        private dnnl_memory_desc matrix(Natives natives, long height, long width, boolean across) {
            long channels = across ? height : width;
            long positions = across ? width : height;
            long position = heads * channels;
            return natives.description(
                    new long[] {batch, heads, height, width},
                    new long[] {positions * position, channels, across ? 1 : position, across ? position : 1});
        }

        private static Primitive product(
                Natives natives,
                dnnl_memory_desc first,
                dnnl_memory_desc second,
                dnnl_memory_desc result,
                dnnl_primitive_attr attributes) {
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_matmul_primitive_desc_create(
                            description, Dnnl.engine(), first, second, null, result, attributes),
                    "describing a matrix product");
            return natives.primitive(description);
        }
    }
}
