// One search: its state, its history, its front, its candidates; the selected candidate and the axes are in the URL.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { count } from '../format.js';
import { useFront } from '../front.js';
import { useLoad } from '../load.js';
import { useSearch } from '../live.js';
import { MOST, usePoints } from '../points.js';
import { useRecent } from '../recent.js';
import { href, set } from '../router.js';
import { Candidates } from '../parts/candidates.js';
import { CandidateView } from '../parts/candidate.js';
import { Finish } from '../parts/finish.js';
import { Funnel } from '../parts/funnel.js';
import { History } from '../parts/history.js';
import { Loading, Panel, Trouble } from '../parts/panel.js';
import { Scatter } from '../parts/scatter.js';
import { Scores } from '../parts/scores.js';
import { SearchHead } from '../parts/search-head.js';

const MANY = 3; // objectives that a plot of two cannot show
const EVERY = 2000;
const SEEN = 160; // pixels of the candidate's panel that have to be in view

function AxisSelect({ label, axis, chosen, metrics, objectives }) {
  const choices = (some) => some.map(({ name }) => html`<option value=${name}>${name}</option>`);
  return html`<label class="row tight"><span class="label">${label}</span>
    <select value=${chosen} onChange=${(event) => set({ [axis]: event.target.value })}>
      <optgroup label="Objectives">${choices(metrics.slice(0, objectives))}</optgroup>
      <optgroup label="Also measured">${choices(metrics.slice(objectives))}</optgroup>
    </select>
  </label>`;
}

// The search's metrics as the catalogue describes them, objectives first and in the direction the document gives them.
function useMetrics(search) {
  const catalog = useLoad('/v1/metrics');
  const names = search?.metrics.join() ?? '';
  return useMemo(() => {
    const known = new Map((catalog.data?.items || []).map((metric) => [metric.name, metric]));
    const objectives = (search?.objectives || []).map(({ metric, direction, unit }) => ({ unit, ...known.get(metric), name: metric, direction }));
    const others = (search?.metrics || []).filter((name) => !objectives.some((objective) => objective.name === name));
    return [...objectives, ...others.map((name) => known.get(name) || { name, unit: '' })];
  }, [names, catalog.data]);
}

function Missing({ problem, retry }) {
  const gone = problem.status === 404;
  return html`<div class="panel">
    <div class="body stack">
      <h1>${gone ? 'No such search' : 'The search cannot be shown'}</h1>
      <${Trouble} problem=${problem} retry=${gone ? null : retry} />
      <p><a class="button" href=${href([])}>All searches</a></p>
    </div>
  </div>`;
}

// Escape closes the candidate, except where it has something nearer to close.
function useEscape(active, close) {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!active) return undefined;
    const key = (event) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]') && !event.target.closest?.('select')) latest.current();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [active]);
}

// A candidate that was chosen somewhere else on the page is brought into view.
function useReveal(selected) {
  useEffect(() => {
    const panel = selected === null ? null : document.getElementById('candidate');
    if (!panel) return;
    const { top } = panel.getBoundingClientRect();
    if (top < 0 || top > innerHeight - SEEN) panel.scrollIntoView({ block: 'start' });
  }, [selected]);
}

function Plots({ search, metrics, points, front, selected, candidate, onSelect }) {
  const { scatter, history, x, y } = points;
  const metric = (name) => metrics.find((each) => each.name === name) || { name, unit: '' };
  const objectives = search.objectives.map(({ metric: name }) => name);
  const [first] = objectives;
  const about = x !== y && objectives.includes(x) && objectives.includes(y);
  const own = candidate?.number === selected ? candidate.measurements : null;
  const marked = own && Number.isFinite(own[x]) && Number.isFinite(own[y]) ? [selected, own[x], own[y]] : null;
  const waiting = search.ended_by ? 'No candidate has been measured by this.' : 'Waiting for the first measurement …';
  const none = (load) => load.points.length === 0 && !load.loading && !load.problem && html`<p class="none">${waiting}</p>`;
  const busy = (load) => load.loading && html`<span class="label" role="status">loading …</span>`;
  return html`<div class="columns">
    <${Panel} title=${`History of ${first}`} actions=${busy(history)}>
      ${history.problem && html`<${Trouble} problem=${history.problem} />`}
      ${none(history)}
      <${History} points=${history.points} metric=${metrics[0]} direction=${metrics[0].direction} selected=${selected} onSelect=${onSelect} />
      ${history.from > 0 && html`<p class="caption">Of the newest ${count(MOST)} candidates.</p>`}
    <//>
    <${Panel} title="Pareto front" actions=${html`${busy(scatter)}
        <${AxisSelect} label="x" axis="x" chosen=${x} metrics=${metrics} objectives=${objectives.length} />
        <${AxisSelect} label="y" axis="y" chosen=${y} metrics=${metrics} objectives=${objectives.length} />`}>
      ${scatter.problem && html`<${Trouble} problem=${scatter.problem} />`}
      ${none(scatter)}
      <${Scatter} points=${scatter.points} front=${front} frontLine=${about} selected=${marked} x=${metric(x)} y=${metric(y)} onSelect=${onSelect} />
    <//>
  </div>`;
}

// Beside the plots of two metrics: what was thrown out before, and all objectives at once.
function Further({ search, metrics, recent, front, candidate, onSelect }) {
  const objectives = useMemo(() => metrics.slice(0, search.objectives.length), [metrics, search.objectives.length]);
  const many = objectives.length >= MANY;
  if (!search.funnel && !many) return null;
  return html`<div class="columns">
    ${search.funnel && html`<${Funnel} funnel=${search.funnel} progress=${search.progress} running=${search.state === 'running'} />`}
    ${many && html`<${Scores} metrics=${objectives} recent=${recent} front=${front} selected=${candidate} onSelect=${onSelect} />`}
  </div>`;
}

// The table of the finish: nothing until it has begun, live while it is under way.
function useFinish(search) {
  const asked = Boolean(search?.document.finish);
  const begun = asked && (search.state === 'finishing' || search.ended_by);
  const load = useLoad(begun ? `/v1/searches/${search.id}/finish` : null, { every: search?.ended_by ? undefined : EVERY });
  return begun && load.data?.state !== 'none' ? load : null;
}

export function SearchPage({ id, route }) {
  const take = useRef(() => {});
  const load = useSearch(id, (candidates) => take.current(candidates));
  const search = load.data;
  const metrics = useMetrics(search);
  const { front, apply } = useFront(id, Boolean(search));
  const first = search?.objectives[0].metric;
  const axis = (wish, otherwise) => (search?.metrics.includes(wish) ? wish : otherwise);
  const x = axis(route.query.x, search?.objectives[1]?.metric ?? 'params');
  const y = axis(route.query.y, first);
  const scatter = usePoints(id, x, y, search?.progress);
  const history = usePoints(id, first, first, search?.progress);
  const { recent, add } = useRecent(id, search?.objectives.length >= MANY);
  const finish = useFinish(search);
  take.current = (candidates) => {
    apply(candidates);
    scatter.add(candidates);
    history.add(candidates);
    add(candidates);
  };
  const selected = /^\d+$/.test(route.query.candidate ?? '') ? Number(route.query.candidate) : null;
  const path = (number) => `/v1/searches/${id}/candidates/${number}`;
  const candidate = useLoad(search && selected !== null ? path(selected) : null);
  const close = () => {
    set({ candidate: '' });
    document.querySelector(`tbody a[href="${link(selected)}"]`)?.focus();
  };
  useEscape(selected !== null, close);
  useReveal(candidate.data?.number === selected ? selected : null);
  if (!search) return load.problem ? html`<${Missing} problem=${load.problem} retry=${load.reload} />` : html`<${Loading} what="search" />`;
  const link = (number) => href(route.path, { ...route.query, candidate: number });
  const select = (number) => set({ candidate: number }, true);
  return html`<div class="stack">
    <${SearchHead} search=${search} link=${link} onSelect=${select} reload=${load.reload} />
    ${finish && html`<${Finish} load=${finish} metrics=${metrics} link=${link} onSelect=${select} />`}
    <${Plots} search=${search} metrics=${metrics} points=${{ scatter, history, x, y }} front=${front}
      selected=${selected} candidate=${candidate.data} onSelect=${select} />
    <${Further} search=${search} metrics=${metrics} recent=${recent} front=${front} candidate=${candidate.data} onSelect=${select} />
    ${selected !== null && html`<${CandidateView} load=${candidate} number=${selected} path=${path} metrics=${metrics} link=${link} onSelect=${select} onClose=${close} />`}
    <${Candidates} id=${id} route=${route} metrics=${metrics} selected=${selected} link=${link} onSelect=${select} live=${!search.ended_by} />
    <details class="panel document">
      <summary>Search document</summary>
      <pre class="scroll" tabindex="0">${JSON.stringify(search.document, null, 2)}</pre>
    </details>
  </div>`;
}
