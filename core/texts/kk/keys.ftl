### API кілттері: кім көреді, қалай жасалады, қалай қайтарып алынады. Параметрлер HTML үшін қауіпсіз.

keys-head = <b>🔑 API кілттері</b>
keys-about = Кілт арқылы сайт немесе есеп бағдарламасы ұйымның барлық кассаларымен жұмыс істейді.
keys-none = Әзірге кілт жоқ.
keys-line = <code>{ $hint }…</code>: { $scopes }, { $day } жасалған, { $used }
keys-used = соңғы рет { $day } қолданылған
keys-unused = әлі қолданылмаған
keys-scopes-read-sell = сату және оқу
keys-scopes-read = тек оқу
keys-scopes-sell = тек сату
keys-button-settings = 🔑 API кілттері
keys-button-add-sell = ＋ Сату мен оқуға арналған кілт
keys-button-add-read = ＋ Тек оқуға арналған кілт
keys-button-revoke = { $hint }… кілтін жабу
keys-button-sure = Иә, жабылсын
keys-button-list = « Кілттер
keys-button-copy = Кілтті көшіріп алу
keys-made =
    🔑 <b>Жаңа кілт</b>: { $scopes }
    <code>{ $secret }</code>

    Оны енді ешкім қайта көрсетпейді. Бағдарламаға қойып, осы хабарды өшіріңіз.
    Кілтті бөтен адам көрсе, оны жабыңыз: /keys
keys-not-sent = Кілт жетпей қалуы мүмкін, сондықтан ол жабылды. Батырманы қайта басыңыз.
keys-revoke-ask =
    <code>{ $hint }…</code> <b>кілті жабылсын ба?</b>
    Осы кілті бар бағдарламалар бірден тоқтайды. Олар шығарған чектер сақталады.
keys-revoked = ✔ Кілт жабылды, ол енді ештеңе ашпайды.
keys-gone = Бұл кілт енді жоқ, қалғандары орнында. Тізімді ашыңыз: /keys

refusal-not-owner-of-all-title = Кілт бөтен кассаларды да ашады
refusal-not-owner-of-all-detail = Ұйымда сіз иесі емес касса бар, ал кілт бәрін ашады. Ештеңе өзгерген жоқ. Сол кассаның иесінен сізді ие етіп қосуды сұраңыз.
refusal-too-many-keys-title = Кілт тым көп
refusal-too-many-keys-detail = Ұйымда { $limit } кілт бар. Жаңасы жасалған жоқ, бұрынғылары жұмыс істейді. Керексізін жабыңыз.
