// The shell: top bar, connection notice, and the page that the URL names.
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { html } from './html.js';
import { useRoute, href } from './router.js';
import { useConnection } from './connection.js';
import { SearchesPage } from './pages/searches.js';
import { SearchPage } from './pages/search.js';
import { NewSearchPage } from './pages/new-search.js';
import { SpacesPage } from './pages/spaces.js';
import { TrainingsPage } from './pages/trainings.js';
import { TrainingPage } from './pages/training.js';
import { NewTrainingPage } from './pages/new-training.js';
import { UploadsPage } from './pages/uploads.js';

function page(route) {
  const [section, id] = route.path;
  if (section === undefined || (section === 'searches' && !id)) return html`<${SearchesPage} route=${route} />`;
  if (section === 'searches') return html`<${SearchPage} key=${id} id=${id} route=${route} />`;
  if (section === 'new') return html`<${NewSearchPage} route=${route} />`;
  if (section === 'spaces') return html`<${SpacesPage} id=${id} />`;
  if (section === 'trainings' && !id) return html`<${TrainingsPage} route=${route} />`;
  if (section === 'trainings') return html`<${TrainingPage} key=${id} id=${id} />`;
  if (section === 'uploads') return html`<${UploadsPage} route=${route} />`;
  if (section === 'train') return html`<${NewTrainingPage} route=${route} />`;
  return html`<div class="panel empty">There is no such page. <a href=${href([])}>All searches</a></div>`;
}

function App() {
  const route = useRoute();
  const connected = useConnection();
  const section = route.path[0] || 'searches';
  const link = (name, path, text) =>
    html`<a href=${href(path)} aria-current=${section === name ? 'page' : undefined}>${text}</a>`;
  useEffect(() => scrollTo(0, 0), [route.path.join('/')]);
  const skip = (event) => {
    event.preventDefault();
    document.querySelector('main').focus();
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header class="top">
      <div class="inner">
        <a class="brand" href=${href([])}><img src="/icon.svg" alt="" />Phyla</a>
        <nav aria-label="Main">${link('searches', [], 'Searches')}${link('new', ['new'], 'New search')}${link('spaces', ['spaces'], 'Spaces')}${link('trainings', ['trainings'], 'Trainings')}${link('uploads', ['uploads'], 'Uploads')}</nav>
        <a class="soft aside" href="/openapi.yaml">API</a>
      </div>
      <div role="status" aria-live="assertive">
        ${!connected && html`<div class="offline">Connection lost: what is shown may be out of date. Trying again …</div>`}
      </div>
    </header>
    <main tabindex="-1">${page(route)}</main>
  `;
}

render(html`<${App} />`, document.getElementById('app'));
