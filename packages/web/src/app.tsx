import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import type { PageModule } from './pages/page-module.js';
import { choosePage } from './routing/choose-page.js';
import { loadPage } from './routing/load-page.js';
import { useServices } from './services.js';
import { useSite } from './site.js';
import { Broken } from './ui/broken.js';
import { DenMark } from './ui/den-mark.js';
import { Loading } from './ui/loading.js';

interface Shown {
  readonly arrival: number;
  readonly page: PageModule | 'broken' | undefined;
}

/** Shows the page of the current place. The page before stays until the next one can be drawn. */
export function App() {
  const services = useServices();
  const { navigation, messages } = useSite();
  const [shown, setShown] = useState<Shown>({ arrival: -1, page: undefined });
  const [broken] = useErrorBoundary();

  useEffect(() => {
    const show = async () => {
      const { arrival } = navigation.here();
      try {
        const page = await loadPage(choosePage(services));
        await messages.add(page.messages ?? []);
        // Somebody who went on meanwhile is shown where they went.
        if (navigation.here().arrival === arrival) setShown({ arrival, page });
      } catch {
        setShown({ arrival, page: 'broken' });
      }
    };
    void show();
    return navigation.subscribe(show);
  }, [services, navigation, messages]);

  const { page, arrival } = shown;
  if (broken !== undefined || page === 'broken') return <Broken />;
  return page === undefined ? <Loading /> : <page.Page key={arrival} />;
}

/** What surrounds every page. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  const { config } = useSite();
  return (
    <div class="frame">
      <header class="site">
        <DenMark />
        <span>{config.siteName}</span>
      </header>
      <main>{children}</main>
    </div>
  );
}
