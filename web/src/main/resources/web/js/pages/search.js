// One search: its state, its history, its front, its candidates; the selected candidate and the axes are in the URL.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { get, post, remove } from '../api.js';
import { count, duration, value } from '../format.js';
import { useLoad } from '../load.js';
import { useSearch } from '../live.js';
import { MOST, usePoints } from '../points.js';
import { go, set } from '../router.js';
import { Candidates } from '../parts/candidates.js';
import { CandidateView } from '../parts/candidate.js';
import { History } from '../parts/history.js';
import { Loading, Panel, Trouble } from '../parts/panel.js';
import { Bar, State } from '../parts/progress.js';
import { Scatter } from '../parts/scatter.js';

function Actions({ search, onProblem, reload }) {
  const act = (verb) => async () => {
    try {
      await post(`/v1/searches/${search.id}:${verb}`);
      onProblem(null);
      reload();
    } catch (problem) {
      onProblem(problem);
    }
  };
  const erase = async () => {
    if (!confirm(`Delete “${search.name}” with all its candidates?`)) return;
    try {
      await remove(`/v1/searches/${search.id}`);
      go([]);
    } catch (problem) {
      onProblem(problem);
    }
  };
  const { state } = search;
  const again = `#/new?from=${search.id}`;
  return html`<div class="row">
    ${state === 'running' && html`<button onClick=${act('pause')}>Pause</button>`}
    ${state === 'paused' && html`<button class="primary" onClick=${act('resume')}>Resume</button>`}
    ${(state === 'running' || state === 'paused') && html`<button class="danger" onClick=${act('cancel')}>Cancel</button>`}
    <a class="button" href=${again}>Start a variant</a>
    ${search.ended_by && html`<button class="danger" onClick=${erase}>Delete</button>`}
  </div>`;
}

function Tiles({ search, onSelect }) {
  const { progress, best, objectives, front_size: frontSize } = search;
  const tile = (name, content) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`;
  return html`<dl class="tiles" style="margin:12px 0 0">
    ${tile('Evaluated', count(progress.evaluations))}
    ${tile('Front', count(frontSize))}
    ${tile(
      `Best ${objectives[0].metric}`,
      best
        ? html`<a href="#" onClick=${(event) => (event.preventDefault(), onSelect(best.number))}>${value(best.value, objectives[0].unit)}</a>`
        : '–',
    )}
    ${tile('Repeated', count(progress.duplicates))} ${tile('Rejected', count(progress.rejected))}
    ${tile('Failed', count(progress.failed))} ${tile('Rate', `${value(progress.rate)}/s`)}
    ${tile(search.ended_by ? 'Took' : 'Left', duration(search.ended_by ? progress.seconds : progress.seconds_left))}
  </dl>`;
}

function AxisSelect({ label, axis, chosen, metrics }) {
  return html`<label class="row"><span class="label">${label}</span>
    <select value=${chosen} onChange=${(event) => set({ [axis]: event.target.value })}>
      ${metrics.map((metric) => html`<option value=${metric.name}>${metric.name}</option>`)}
    </select>
  </label>`;
}

// The front's members: read once, then kept by what the events say joined and left.
function useFront(id) {
  const [front, setFront] = useState(new Set());
  useEffect(() => {
    let stale = false;
    (async () => {
      const numbers = new Set();
      let cursor = '';
      try {
        do {
          const page = await get(`/v1/searches/${id}/front?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
          page.items.forEach(({ number }) => numbers.add(number));
          cursor = page.next || '';
        } while (cursor && !stale);
        if (!stale) setFront((before) => new Set([...before, ...numbers]));
      } catch {
        // The page shows the trouble already: the search itself could not be read either.
      }
    })();
    return () => {
      stale = true;
    };
  }, [id]);
  const apply = useCallback((candidates) => {
    setFront((before) => {
      const after = new Set(before);
      candidates.forEach(({ number, on_front: onFront, left }) => {
        if (onFront) after.add(number);
        (left || []).forEach((gone) => after.delete(gone));
      });
      return after;
    });
  }, []);
  return { front, apply };
}

export function SearchPage({ id, route }) {
  const { front, apply } = useFront(id);
  const [problem, setProblem] = useState(null);
  const catalog = useLoad('/v1/metrics');
  let take = () => {};
  const load = useSearch(id, (candidates) => take(candidates));
  const search = load.data;
  const named = new Map((catalog.data?.items || []).map((metric) => [metric.name, metric]));
  const metrics = (search?.metrics || []).map((name) => named.get(name) || { name, unit: '' });
  const first = search?.objectives[0];
  const x = route.query.x || (search?.objectives[1]?.metric ?? 'params');
  const y = route.query.y || first?.metric;
  const scatter = usePoints(id, search && x, search && y, search?.progress.proposed);
  const history = usePoints(id, first?.metric, first?.metric, search?.progress.proposed);
  take = (candidates) => {
    apply(candidates);
    scatter.add(candidates);
    history.add(candidates);
  };
  if (!search) {
    return load.problem ? html`<${Trouble} problem=${load.problem} retry=${load.reload} />` : html`<${Loading} what="search" />`;
  }
  const selected = route.query.candidate === undefined ? null : Number(route.query.candidate);
  const select = (number) => {
    set({ candidate: number });
    requestAnimationFrame(() => document.getElementById('candidate')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' }));
  };
  const metric = (name) => named.get(name) || { name, unit: '' };
  const ordered = [...search.objectives.map(({ metric: name }) => metric(name)), ...metrics.filter(({ name }) => !search.objectives.some((o) => o.metric === name))];
  return html`<div class="stack">
    <div class="panel">
      <div class="body" style="padding:16px 16px 0">
        <div class="row spread">
          <div class="row"><h1>${search.name}</h1><${State} state=${search.state} />
            ${search.ended_by && html`<span class="soft">ended by: ${search.ended_by}</span>`}</div>
          <${Actions} search=${search} onProblem=${setProblem} reload=${load.reload} />
        </div>
        ${problem && html`<${Trouble} problem=${problem} />`}
        <div style="margin-top:12px"><${Bar} fraction=${search.progress.fraction} label="Progress" /></div>
      </div>
      <${Tiles} search=${search} onSelect=${select} />
    </div>
    ${selected !== null && html`<${CandidateView} key=${selected} id=${id} number=${selected} metrics=${ordered} onSelect=${select} onClose=${() => set({ candidate: '' })} />`}
    <div class="columns">
      <${Panel} title=${`History of ${first.metric}`}>
        ${history.problem && html`<${Trouble} problem=${history.problem} />`}
        ${history.from > 0 && html`<p class="soft">The newest ${count(MOST)} candidates.</p>`}
        <${History} points=${history.points} metric=${first.metric} direction=${first.direction} onSelect=${select} />
      <//>
      <${Panel} title="Pareto front" actions=${html`
          <${AxisSelect} label="x" axis="x" chosen=${x} metrics=${ordered} />
          <${AxisSelect} label="y" axis="y" chosen=${y} metrics=${ordered} />`}>
        ${scatter.problem && html`<${Trouble} problem=${scatter.problem} />`}
        <${Scatter} points=${scatter.points} front=${front} selected=${selected} x=${metric(x)} y=${metric(y)} onSelect=${select} />
      <//>
    </div>
    <${Panel} title="Candidates" flush>
      <${Candidates} id=${id} route=${route} metrics=${ordered} selected=${selected} onSelect=${select} live=${!search.ended_by} />
    <//>
    <${Panel} title="Search document">
      <details>
        <summary>Show</summary>
        <pre class="scroll">${JSON.stringify(search.document, null, 2)}</pre>
      </details>
    <//>
  </div>`;
}
