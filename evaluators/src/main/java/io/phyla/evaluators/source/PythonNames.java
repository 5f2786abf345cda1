package io.phyla.evaluators.source;

import io.phyla.evaluators.export.Names;
import java.util.List;
import java.util.Locale;

/** Layers' names as Python has them. Whatever a layer is called, only letters, digits and underscores reach the source. */
final class PythonNames {

    /** Python's keywords, what the source itself uses, and what every PyTorch module already has. */
    private static final List<String> TAKEN = List.of("""
        False None True and as assert async await break class continue def del elif else except finally for from global \
        if import in is lambda nonlocal not or pass raise return try while with yield match case \
        self images x torch nn F json struct sys super main range tuple Network ChannelNorm LoneNorm matrix_product \
        grouped_softmax read_safetensors load_safetensors IMAGES LAYERS ROLES \
        T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches \
        eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict \
        modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook \
        register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook \
        register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook \
        register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ \
        set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad\
        """.split(" "));

    private final Names names = new Names();

    PythonNames() {
        TAKEN.forEach(names::reserve);
    }

    /** An identifier that no other layer has. */
    String identifier(String layer) {
        String plain = layer.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        boolean named = !plain.isEmpty() && Character.isLetter(plain.charAt(0));
        return names.unique(named ? plain : plain.isEmpty() ? "layer" : "layer_" + plain);
    }

    /** A string literal. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(code -> {
            if (code == '"' || code == '\\') {
                literal.append('\\').appendCodePoint(code);
            } else if (code >= ' ' && code <= '~') {
                literal.appendCodePoint(code);
            } else {
                literal.append(String.format(Locale.ROOT, "\\U%08x", code));
            }
        });
        return literal.append('"').toString();
    }

    /** A number as Python reads it, without loss. */
    static String number(double value) {
        return Double.toString(value).replace('E', 'e');
    }

    static String bool(boolean value) {
        return value ? "True" : "False";
    }
}
