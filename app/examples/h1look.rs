//! Temporary.
use footfall_app::models::AssetUrls;
use footfall_app::site_page::Asker;
use footfall_app::widgets::{self, Widget, WidgetPage, WidgetState};
use footfall_query::{Context, SiteContext, Source};
use footfall_testkit::ShardSource;
use footfall_testkit::traffic::{Plan, Traffic};
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let plan = Plan::ordinary();
    let source = ShardSource::of(&Traffic::of(&plan, 7), 1_000);
    let site = plan.site();
    let view = source.view(site.id).await.expect("a view");
    let (calendar, now, named) = (plan.calendar(), plan.now, SiteContext::default());
    let assets = Arc::new(AssetUrls { widget_css: "embed.css".into(), ..AssetUrls::default() });
    for widget in Widget::all() {
        for (at, query) in [
            "",
            "theme=dark",
            "background=transparent&accent=c81e1e&lang=de",
            "background=ffe600&accent=ffffff",
            "background=101828&accent=7c3aed",
        ]
        .into_iter()
        .enumerate()
        {
            let state = WidgetState::parse(widget, query).state;
            let context = Context { site: &site, calendar: &calendar, now };
            let asker = Asker { source: &source, view: &view, context: &context, site: &named, properties: None, lang: state.lang };
            let shown = widgets::load(&asker, widget, &state, &state.page_state(widget), async { Ok(14) }).await.expect("numbers");
            let today = calendar.moment(now).date;
            let sheet = state.colours.sheet();
            let html = widgets::render(&WidgetPage {
                assets: assets.clone(),
                domain: site.domain.clone(),
                widget,
                state: state.clone(),
                linked: at % 2 == 0,
                today,
                shown,
            });
            let href = state.colours.href().unwrap_or("none".into()).replace('&', "&amp;");
            let html = html.replace(&format!("<link rel=\"stylesheet\" href=\"{href}\">"), &format!("<style>{sheet}</style>"));
            println!("{} {at} {}", widget.name(), html.len());
            std::fs::write(format!("/work/look/h1/{}-{at}.html", widget.name()), html).expect("written");
        }
    }
}
