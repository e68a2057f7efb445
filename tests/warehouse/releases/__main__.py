from tests.warehouse.releases import main

main()
