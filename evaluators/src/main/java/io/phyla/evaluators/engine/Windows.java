package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Shape;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * Windows that oneDNN 3.11's kernels of the brgemm family get wrong, so wrong that they may read elsewhere and kill the
 * process: larger than the map, or so far out that they hold nothing but padding.
 */
final class Windows {

    private Windows() {}

    /** Whether some window of a convolution over these maps may be of that kind. */
    static boolean degenerate(Shape map, Extent kernel, Extent padding, Extent dilation) {
        return degenerate(map.height(), kernel.height(), padding.height(), dilation.height())
                || degenerate(map.width(), kernel.width(), padding.width(), dilation.width());
    }

    private static boolean degenerate(int size, int kernel, int padding, int dilation) {
        long reach = (long) dilation * (kernel - 1) + 1;
        return size < reach || padding >= reach;
    }

    /** Single channels stepped over to maps of one column: the family's 512-bit kernels mix up their rows. */
    static boolean thin(int channels, int columns, Extent stride) {
        return channels == 1 && columns == 1 && stride.width() > 1;
    }

    /** Whether padding is as wide as the window. */
    static boolean drowned(Extent kernel, Extent padding, Extent dilation) {
        return padding.height() > (long) dilation.height() * (kernel.height() - 1)
                || padding.width() > (long) dilation.width() * (kernel.width() - 1);
    }

    /**
     * Goes on to the first implementation of another family.
     *
     * @param description freed if there is none
     * @throws IllegalStateException if there is none
     */
    static dnnl_primitive_desc withoutBrgemm(dnnl_primitive_desc description) {
        while (brgemm(Primitive.implementation(description))) {
            int status = dnnl_primitive_desc_next_impl(description);
            if (status != dnnl_success) {
                dnnl_primitive_desc_destroy(description);
            }
            Dnnl.check(status, "looking for a kernel for windows beyond the map");
        }
        return description;
    }

    private static boolean brgemm(String name) {
        return name.contains("brg") || name.contains("brdgmm");
    }
}
