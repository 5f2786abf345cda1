package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stranger gets wrong, and what the reader says to it. */
class MistakesTest {

    private static final String DOCUMENT = """
        {"name": "n", "input": [3, 8, 8],
         "decisions": {"width": {"choice": [4, 8]}, "on": {"choice": ["yes", "no"]}%s},
         "blocks": {"conv": {"parameters": {"channels": null, "kernel": 3}, "layers": [
            {"op": "convolution", "channels": {"parameter": "channels"}, "kernel": {"parameter": "kernel"}}]}%s},
         "layers": [
            {"op": "conv", "name": "stem", "channels": {"decision": "width"}},
            {"op": "activation", "when": {"decision": "on", "is": "yes"}},
            %s
            {"op": "global_pooling"}, {"op": "linear", "features": 10}]}\
        """;

    private static List<Problem> problems(String decisions, String blocks, String layers) {
        JsonNode document = Samples.read(DOCUMENT.formatted(decisions, blocks, layers));
        return TemplateDocument.check(document);
    }

    @Test
    void theDocumentAroundIsRight() {
        assertThat(problems("", "", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'op':'convolutoin','channels':4,'kernel':3};/layers/2/op;did you mean 'convolution'",
                "{'op':'convolution','chanels':4,'kernel':3};/layers/2/chanels;did you mean 'channels'",
                "{'op':'convolution','chanels':4,'kernel':3};/layers/2/channels;is required",
                "{'op':'convolution','channels':0,'kernel':3};/layers/2/channels;from 1 to 65536, not the number 0",
                "{'op':'convolution','channels':4,'kernel':[3,'x']};/layers/2/kernel;must be a number, a word",
                "{'op':'convolution','channels':4,'kernel':3,'padding':'sam'};/layers/2/padding;did you mean 'same'",
                "{'op':'convolution','channels':{'choice':[4,'x']},'kernel':3};/layers/2/channels/choice/1;whole"
                        + " number",
                "{'op':'convolution','channels':{'choice':[4,4.0]},'kernel':3};/layers/2/channels/choice/1;twice",
                "{'op':'convolution','channels':{'int':[8,4]},'kernel':3};/layers/2/channels/int;before its beginning",
                "{'op':'convolution','channels':{'int':[1,9000]},'kernel':3};/layers/2/channels/int;a step of at least"
                        + " 36",
                "{'op':'convolution','channels':{'int':[4,8],'step':0},'kernel':3};/layers/2/channels/step;from 1",
                "{'op':'convolution','channels':{'decision':'widht'},'kernel':3};/layers/2/channels/decision;did you"
                        + " mean 'width'",
                "{'op':'convolution','channels':{'decision':'on'},'kernel':3};/layers/2/channels/decision;channels"
                        + " must be a whole number",
                "{'op':'convolution','channels':{'parameter':'x'},'kernel':3};/layers/2/channels/parameter;only blocks",
                "{'op':'convolution','channels':{'shape':'chanels'},'kernel':3};/layers/2/channels/shape;did you mean"
                        + " 'channels'",
                "{'op':'convolution','channels':{'shape':'channels','of':'stm'},'kernel':3};/layers/2/channels/of;did"
                        + " you mean 'stem'",
                "{'op':'convolution','channels':{'mul':[{'decision':'on'},2]},'kernel':3};/layers/2/channels/mul/0/decision;arithmetic"
                    + " needs numbers",
                "{'op':'convolution','channels':{'div':[4]},'kernel':3};/layers/2/channels/div;must have 2 items",
                "{'op':'conv','channels':4,'kernal':3};/layers/2/kernal;did you mean 'kernel'",
                "{'op':'conv'};/layers/2/channels;is required by block conv",
                "{'op':'conv','channels':-4};/layers/2/channels;channels must be a whole number from 1",
                "{'op':'add'};/layers/2/inputs;takes 2 to 64 inputs, not 1",
                "{'op':'add','inputs':['stem','stam']};/layers/2/inputs/1;did you mean 'stem'",
                "{'op':'activation','inputs':['']};/layers/2/inputs/0;unknown earlier item ''",
                "{'op':'activation','slope':1e400};/layers/2/slope;at most 1.8e308",
                "{'op':'activation','function':'relou'};/layers/2/function;did you mean 'relu'",
                "{'op':'activation','when':{'decision':'on','is':'yess'}};/layers/2/when/is;did you mean 'yes'",
                "{'op':'activation','when':{'decision':'onn','is':'yes'}};/layers/2/when/decision;did you mean 'on'",
                "{'op':'activation','when':{'decision':'on'}};/layers/2/when;is or is_not",
                "{'op':'activation','name':'stem'};/layers/2/name;another item of this sequence",
                "{'op':'activation','name':'a.b'};/layers/2/name;a name is a letter",
                "{'repeat':101,'layers':[{'op':'activation'}]};/layers/2/repeat;from 0 to 100",
                "{'repeat':2,'layers':[]};/layers/2/layers;must have 1 to 1000 items",
                "{'choice':[{'op':'activation'},{'op':'activation','function':'tanh'}]};/layers/2/choice/1;called"
                        + " 'activation'",
                "{'choice':[{'op':'activation'}],'by':{'decision':'on'}};/layers/2/by/decision;no alternative called"
                        + " 'yes'",
                "{'op':'residual','layers':[{'op':'activation'}],'shortcut':'projct'};/layers/2/shortcut;did you mean"
                        + " 'project'",
                "{'op':'model','id':'abc'};/layers/2/id;unknown model 'abc'",
                "{'op':'original'};/layers/2/op;only in the replacement",
                "{'chioce':[]};/layers/2;one of the members op, choice",
                "3;/layers/2;must be an object, not the number 3",
            })
    void saysWhatIsWrongWithAnItem(String item, String pointer, String detail) {
        assertThat(problems("", "", item.replace('\'', '"') + ",")).anySatisfy(each -> {
            assertThat(each.pointer()).isEqualTo(pointer);
            assertThat(each.detail()).contains(detail.replace("''", "'"));
        });
    }

    @Test
    void saysEverythingAtOnce() {
        List<Problem> problems = problems(
                ",\"unused\": {\"int\": [1, 2]}",
                ",\"a\": {\"layers\": [{\"op\": \"b\"}]}, \"b\": {\"layers\": [{\"op\": \"a\"}]}",
                "{\"op\":\"convolution\"},{\"op\":\"pooling\",\"kind\":\"mean\",\"kernel\":3},");
        assertThat(problems)
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/decisions/unused",
                        "/blocks/b/layers/0/op",
                        "/layers/2/channels",
                        "/layers/2/kernel",
                        "/layers/3/kind");
        assertThat(problems).anySatisfy(each -> assertThat(each.detail()).contains("a -> b -> a"));
    }

    @Test
    void saysWhichOptionsDoNotFitAndWhere() {
        List<Problem> problems = problems(
                "",
                "",
                "{\"op\":\"pooling\",\"kind\":\"average\",\"kernel\":{\"choice\":[2,4]},\"padding\":0,\"name\":\"first\"},"
                    + "{\"op\":\"pooling\",\"kind\":\"average\",\"kernel\":{\"choice\":[2,4]},\"padding\":0},");
        assertThat(problems).singleElement().satisfies(each -> {
            assertThat(each.pointer()).isEqualTo("/layers/3");
            assertThat(each.detail())
                    .contains("a window of 4 does not fit 2")
                    .contains("first.kernel is 4 and pooling.kernel is 4")
                    .doesNotContain("width");
        });
    }

    @Test
    void saysThatAConditionIsOneTooMany() {
        List<Problem> problems = problems("", "", """
            {"repeat": {"int": [1, 2]}, "name": "r", "layers": [
              {"op": "activation", "when": {"decision": "on", "is": "yes"}, "function": {"choice": ["relu", "tanh"]}}]},\
            """);
        assertThat(problems).singleElement().satisfies(each -> {
            assertThat(each.pointer()).isEqualTo("/layers/2/layers/0/function");
            assertThat(each.detail()).contains("r.depth is 2 and on is yes").contains("declare it under decisions");
        });
    }

    @Test
    void saysThatADecisionIsUsedWhereItDoesNotExist() {
        List<Problem> problems = problems(
                ",\"heads\": {\"choice\": [1, 2], \"when\": {\"decision\": \"on\", \"is\": \"yes\"}}",
                "",
                "{\"op\":\"attention\",\"heads\":{\"decision\":\"heads\"}},");
        assertThat(problems).singleElement().satisfies(each -> {
            assertThat(each.pointer()).isEqualTo("/layers/2/heads/decision");
            assertThat(each.detail()).contains("exists only under some options of 'on'");
        });
    }

    /** A default belongs to no sequence: what it would be called "input" is not the block's. */
    @Test
    void aDefaultNamesNoItem() {
        assertThat(problems(
                        "",
                        ",\"b\": {\"parameters\": {\"c\": {\"shape\": \"channels\", \"of\": \"input\"}}, \"layers\": ["
                                + "{\"op\": \"conv\", \"channels\": {\"parameter\": \"c\"}}]}",
                        "{\"op\": \"b\"},"))
                .extracting(Problem::pointer)
                .contains("/blocks/b/parameters/c/of");
    }

    @Test
    void aDecisionUnderItselfIsRefused() {
        assertThat(problems(",\"a\": {\"choice\": [1, 2], \"when\": {\"decision\": \"a\", \"is\": 1}}", "", ""))
                .contains(new Problem("/decisions/a/when/decision", "a decision cannot depend on itself"));
    }

    /** An answer stays small and quick where a thousand names are known and none of them is meant. */
    @Test
    void ofManyNamesAFewAreListed() {
        StringBuilder layers = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            layers.append("{\"op\": \"activation\", \"name\": \"name%s%d\"},".formatted("x".repeat(40), i));
        }
        for (int i = 0; i < 500; i++) {
            layers.append("{\"op\": \"activation\", \"inputs\": [\"%s%d\"]},".formatted("y".repeat(50), i));
        }
        assertThat(problems("", "", layers.toString()))
                .hasSize(500)
                .allSatisfy(each -> assertThat(each.detail()).contains(" more").hasSizeLessThan(1100));
    }

    /** Each stays within the items that may be written out, and yet would take memory without end. */
    @Test
    void refusesWhatIsLargeWithoutManyItems() {
        String wide = "{\"repeat\":90,\"layers\":[{\"repeat\":90,\"layers\":[{\"op\":\"convolution\",\"kernel\":1,"
                + "\"channels\":{\"decision\":\"many\"}}]}]},";
        assertThat(problems(",\"many\": {\"int\": [1000, 1255]}", "", wide))
                .singleElement()
                .satisfies(each -> assertThat(each.detail()).contains("more than 1000000 options"));
        String deep = "{\"op\":\"activation\"}";
        for (int i = 0; i < 10; i++) {
            deep = "{\"name\":\"n%s\",\"layers\":[%s]}".formatted("x".repeat(55), deep);
        }
        assertThat(problems("", "", deep + ","))
                .singleElement()
                .satisfies(each -> assertThat(each.detail()).contains("more than 500 characters"));
    }

    @Test
    void refusesWhatGrowsBeyondAllBounds() {
        String nested = "{\"op\":\"activation\"}";
        for (int i = 0; i < 4; i++) {
            nested = "{\"repeat\":100,\"layers\":[" + nested + "]}";
        }
        assertThat(problems("", "", nested + ","))
                .singleElement()
                .satisfies(each -> assertThat(each.detail()).contains("more than 50000 items"));
    }
}
