// Where proposals end before they cost anything, and after: a bar per stage as long as what reached it, on a logarithmic
// scale, its dark part what went on.
import { html } from '../html.js';
import { count, rate, tick, words } from '../format.js';
import { rowsOf, useRates } from '../funnel.js';
import { Panel } from './panel.js';

// What a stage is about, by its phase: the same name on the probe and in training is another stage.
const STAGES = {
  screen: {
    structure: ['structure', 'The output does not depend on the input.'],
    non_finite: ['non-finite', 'Infinite or no numbers on a probe batch.'],
    constant: ['constant', 'The output is the same for every input.'],
    gradient: ['gradient', 'No usable gradient reaches the input.'],
    spatially_constant: ['spatially constant', 'Every map of the output is one number.'],
    affine: ['affine', 'Nothing but a scale and a shift: the network would be linear.'],
  },
  proposal: {
    duplicate: ['duplicate', 'The same function was proposed before; its result counts.'],
    screened: ['screened', 'Everything drawn for its number was thrown out.'],
  },
  evaluation: {
    low_quality: ['low quality', 'Too little learnt after the first steps.'],
    non_finite: ['non-finite in training', 'Infinite or no numbers while it was trained.'],
    unstable: ['unstable', 'The gradient explodes when it is pushed uphill.'],
  },
};

const named = (row) => {
  const [label, about] = STAGES[row.phase]?.[row.name] || [words(row.name), ''];
  return { ...row, label, about };
};

const share = (part, whole) => (whole > 0 ? `${tick(Number(((100 * part) / whole).toPrecision(3)))} %` : '–');

const length = (number, most) => (number > 0 ? (100 * Math.log1p(number)) / Math.log1p(most) : 0);

function Row({ label, about, end, reached, passed, drawn, number, of, perSecond }) {
  return html`<tr class=${end ? 'end' : ''} title=${about}>
    <th scope="row">${label}</th>
    <td class="bars" aria-hidden="true"><div><span style=${{ width: `${length(reached, drawn)}%` }}></span><b style=${{ width: `${length(passed, drawn)}%` }}></b></div></td>
    <td class="number">${count(number)}</td>
    <td class="number">${of}</td>
    <td class="number soft">${rate(perSecond)}</td>
  </tr>`;
}

export function Funnel({ funnel, progress, running }) {
  const rates = useRates(funnel, progress.seconds, running);
  const { drawn, measured } = funnel;
  const rows = rowsOf(funnel).map(named);
  return html`<${Panel} title="Rejection funnel" actions=${html`<span class="label">${running ? 'rates: lately' : 'rates: over the whole search'}</span>`}>
    <div class="scroll" tabindex="0">
      <table class="funnel" data-drawn=${drawn}>
        <thead><tr><th>Stage</th><th><span class="key">reached</span> <span class="key on">went on</span></th><th class="number">Ended there</th><th class="number">Of those</th><th class="number">Rate</th></tr></thead>
        <tbody>
          <${Row} label="drawn" end reached=${drawn} passed=${drawn} drawn=${drawn} number=${drawn} of="" perSecond=${rates[0]} />
          ${rows.map((row, i) => html`<${Row} key=${i} ...${row} drawn=${drawn} number=${row.rejected} of=${share(row.rejected, row.reached)} perSecond=${rates[i + 1]} />`)}
          <${Row} label="measured" end reached=${measured} passed=${measured} drawn=${drawn} number=${measured} of=${share(measured, drawn)} perSecond=${rates.at(-1)} />
        </tbody>
      </table>
    </div>
    <p class="caption">Bars on a logarithmic scale. “Of those” is the share of those that reached the stage; of the measured, of all drawn.</p>
  <//>`;
}
