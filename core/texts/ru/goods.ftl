### Каталог товаров: отказы.

refusal-name-taken-title = Такой товар уже есть
refusal-name-taken-detail = «{ $name }» уже есть в каталоге. Ничего не изменилось. Назовите иначе или измените тот товар.
refusal-barcode-taken-title = Этот код у другого товара
refusal-barcode-taken-detail = Штрихкод { $barcode } уже записан за другим товаром. Ничего не изменилось. Проверьте код.
refusal-bad-barcode-title = Код не читается
refusal-bad-barcode-detail = «{ $barcode }» не похоже на штрихкод: проверьте цифры. Ничего не изменилось.
refusal-bad-ntin-title = Код НКТ не читается
refusal-bad-ntin-detail = «{ $ntin }» не похоже на код НКТ: в нём только цифры и латинские буквы. Ничего не изменилось.
refusal-section-too-long-title = Слишком длинный раздел
refusal-section-too-long-detail = В названии раздела может быть до { $limit } знаков. Ничего не изменилось. Напишите короче.
refusal-too-many-sections-title = Слишком много разделов
refusal-too-many-sections-detail = Разделов может быть до { $limit }. Ничего не изменилось. Выберите один из имеющихся.
refusal-catalogue-full-title = Каталог заполнен
refusal-catalogue-full-detail = В каталоге может быть до { $limit } товаров. Ничего не изменилось. Удалите лишние.
refusal-catalogue-busy-title = Каталог сейчас меняют
refusal-catalogue-busy-detail = Кто-то ещё меняет этот каталог. Ничего не изменилось. Повторите через минуту.
refusal-cart-full-title = Корзина заполнена
refusal-cart-full-detail = В одном чеке может быть до { $limit } позиций. Остальное в корзине цело. Пробейте этот чек и начните новый.
